"""인증서: what signs for the office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QLineEdit

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.domain.clock import KST
from regional_desk.domain.text import korean_date
from regional_desk.errors import FileRejected
from regional_desk.services.papers import submission

_PRACTICE = "연습용 사무소는 첫 제출 때 시험용 인증서를 스스로 만듭니다."


class CertificatePane(Pane):
    """The certificate that signs submissions."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.state = QLabel()
        self.state.setWordWrap(True)
        register = parts.button("인증서 등록…", self.register, primary=True, tip="PKCS#12 (.p12, .pfx)")
        self.lay_out(
            "제출 파일에 서명하는 사업단 인증서입니다. 비밀 열쇠는 암호화된 자료 안에만 둡니다.",
            (parts.card(parts.heading("지금 인증서"), self.state),),
            (register,),
        )

    def read(self) -> None:
        """Whose certificate it is and until when it holds."""
        signer = submission.current_signer(self.desk)
        if signer is None:
            self.state.setText(
                _PRACTICE
                if self.desk.office.practice
                else "! 아직 등록하지 않아 제출 파일을 만들 수 없습니다."
            )
            return
        until = signer.certificate.not_valid_after_utc.astimezone(KST)
        over = until < self.desk.clock.now()
        self.state.setText(
            f"{signer.name}\n{korean_date(until.date())}까지" + (" — ! 만료되었습니다" if over else " 유효")
        )

    def register(self) -> None:
        """Take a PKCS#12 file and its password."""
        picked, _ = QFileDialog.getOpenFileName(self, "사업단 인증서", "", "인증서 (*.p12 *.pfx)")
        if not picked:
            return
        password, sure = QInputDialog.getText(
            self, "인증서 비밀번호", f"{Path(picked).name}의 비밀번호", QLineEdit.EchoMode.Password
        )
        if sure:
            self.act(lambda: self._register(Path(picked), password))

    def _register(self, file: Path, password: str) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise FileRejected(f"인증서 파일을 읽지 못했습니다: {file} ({error.strerror}).") from error
        name = submission.register_signer(self.desk, data, password or None)
        self.say(f"● 등록했습니다: {name}")
