"""Files in and out: bytes to typed drafts with a report, and refused rows back to a file. No database."""
