from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, str]:
    """What the layout needs to know about the browser."""
    theme = request.COOKIES.get("theme", "auto")
    return {"theme": theme if theme in {"light", "dark"} else "auto", "path": request.get_full_path()}
