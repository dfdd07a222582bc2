"""What a password must be (rulebook section 7)."""

from __future__ import annotations

from regional_desk.domain.refused import Refused

LEAST = 8
_MOST = 128
_FEWEST_KINDS = 4  # different characters
_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def check_password(password: str, login: str) -> None:
    """Raise Refused with the reason where a password is too easy: short, the login itself, one character, a run."""
    if len(password) < LEAST:
        raise Refused(f"비밀번호는 {LEAST}자 이상이어야 합니다.")
    if len(password) > _MOST:
        raise Refused(f"비밀번호는 {_MOST}자까지 쓸 수 있습니다.")
    plain = password.casefold()
    if plain == login.casefold():
        raise Refused("비밀번호가 사용자 이름과 같습니다. 다른 것으로 정하십시오.")
    if len(set(plain)) < _FEWEST_KINDS:
        raise Refused("같은 글자를 되풀이한 비밀번호는 쓸 수 없습니다.")
    if any(plain in run or plain in run[::-1] for run in _RUNS):
        raise Refused("이어진 글자나 숫자만으로 된 비밀번호는 쓸 수 없습니다.")
