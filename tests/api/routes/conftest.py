from tests.api.morning import morning, seeded
from tests.api.service import peopled, routes, service, settings

__all__ = ["morning", "peopled", "routes", "seeded", "service", "settings"]
