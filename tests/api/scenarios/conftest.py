from tests.api.scenarios.people import holstebro, naestved, vejle
from tests.api.service import service, settings

__all__ = ["holstebro", "naestved", "service", "settings", "vejle"]
