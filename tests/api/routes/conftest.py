from tests.api.service import peopled, routes, service, settings

__all__ = ["peopled", "routes", "service", "settings"]
