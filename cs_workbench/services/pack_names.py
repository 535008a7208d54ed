"""What documents are called: no two customers' files meet, whatever the file system makes of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cs_workbench.services.pack_files import file_stem

_ENDS_LIKE_OURS = re.compile(r" - \d+$")


@dataclass(slots=True)
class PackNames:
    """Stems of one template's documents of one day; *names* are all the portfolio's (account id, name).

    Names that a file system takes for one (upper and lower case, what was cut or replaced) get the account's number.
    """

    title: str
    day: str
    mark: str
    names: Iterable[tuple[int, str]]
    _owners: dict[str, set[int]] = field(default_factory=dict)

    def stem(self, account_id: int, name: str) -> str:
        """The file name, without its ending, of the account's document."""
        if not self._owners:
            owners: defaultdict[str, set[int]] = defaultdict(set)
            for owner, other in self.names:
                owners[self._key(other)].add(owner)
            self._owners = dict(owners)
        key = self._key(name)
        alone = self._owners.get(key, set()) <= {account_id}
        number = "" if alone and not _ENDS_LIKE_OURS.search(key) else str(account_id)
        return file_stem(self.title, name, number, self.day, self.mark)

    def _key(self, name: str) -> str:
        """The part of the stem the name makes, as a file system compares it; the number's room is kept free."""
        stem = file_stem(self.title, name, "0" * 20, self.day, self.mark)
        return stem.partition(" - " + "0" * 20)[0].casefold()
