"""Groups of competencies in words."""

from django.utils.translation import gettext as _

from trellis.domains.careers.queries.choosing import Group


def group_title(group: Group) -> str:
    """What a group of competencies is called above them."""
    if group.code == "own":
        return _("What my position asks")
    return _("Asked on several pathways") if group.code == "several" else group.name
