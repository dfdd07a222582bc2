"""What the page's tabs share: the round and track they show."""

from __future__ import annotations

from uuid import UUID

from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right


class RoundPane(Pane):
    """One tab of a round and track; without a round its buttons are off."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.round_id: UUID | None = None
        self.track = Track.TRACK1

    @property
    def may_edit(self) -> bool:
        """Whether the signed-in person may change rounds and decide."""
        return self.desk.may(Right.EDIT_RECRUITMENT) and not self.desk.read_only

    def show_round(self, round_id: UUID | None, track: Track) -> None:
        """Show another round or track."""
        if (round_id, track) != (self.round_id, self.track):
            self._clear()
        self.round_id, self.track = round_id, track
        self.refresh()

    def read(self) -> None:
        """Read and show, or show that there is no round."""
        if self.round_id is None:
            self.show_nothing()
        else:
            self.show_data(self.round_id)

    def show_nothing(self) -> None:
        """Without a round; each tab says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def show_data(self, round_id: UUID) -> None:
        """The round; each tab says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC
