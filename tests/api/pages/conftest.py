from tests.api.service import service, settings

__all__ = ["service", "settings"]
