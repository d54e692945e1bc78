def icon(name: str) -> str:
    """The icon's name. Written this way in Python so that the build finds it and puts it into the sprite."""
    return name
