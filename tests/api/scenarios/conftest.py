from tests.api.scenarios.people import holstebro, naestved, vejle
from tests.api.service import peopled, routes, service, settings

__all__ = ["holstebro", "naestved", "peopled", "routes", "service", "settings", "vejle"]
