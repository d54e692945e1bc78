"""YAML as people write it by hand: without aliases, by which a few lines could unfold into millions."""

from typing import Any

import yaml
from django.utils.translation import gettext as _


class PlainLoader(yaml.SafeLoader):
    """Takes values only, never objects, and each where it is written. The fault is told with its line."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()
            told = _("“*%(name)s” stands for something written elsewhere; write it out here") % {"name": alias.anchor}
            raise yaml.composer.ComposerError(None, None, told, alias.start_mark)
        return super().compose_node(parent, index)
