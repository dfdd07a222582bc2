# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'erase_dialog.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QAbstractButton, QApplication, QCheckBox, QDateEdit,
    QDialog, QDialogButtonBox, QFormLayout, QLabel,
    QLineEdit, QSizePolicy, QVBoxLayout, QWidget)
class Ui_EraseDialog(object):
    def setupUi(self, EraseDialog):
        if not EraseDialog.objectName():
            EraseDialog.setObjectName(u"EraseDialog")
        EraseDialog.setMinimumSize(QSize(520, 0))
        self.form = QFormLayout(EraseDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(EraseDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.basisLabel = QLabel(EraseDialog)
        self.basisLabel.setObjectName(u"basisLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.basisLabel)

        self.basis = QLineEdit(EraseDialog)
        self.basis.setObjectName(u"basis")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.basis)

        self.untilLabel = QLabel(EraseDialog)
        self.untilLabel.setObjectName(u"untilLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.untilLabel)

        self.until = QDateEdit(EraseDialog)
        self.until.setObjectName(u"until")
        self.until.setCalendarPopup(True)

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.until)

        self.early = QCheckBox(EraseDialog)
        self.early.setObjectName(u"early")

        self.form.setWidget(3, QFormLayout.ItemRole.SpanningRole, self.early)

        self.approval = QWidget(EraseDialog)
        self.approval.setObjectName(u"approval")
        self.approvalLines = QVBoxLayout(self.approval)
        self.approvalLines.setSpacing(6)
        self.approvalLines.setObjectName(u"approvalLines")
        self.approvalLines.setContentsMargins(0, 0, 0, 0)

        self.form.setWidget(4, QFormLayout.ItemRole.SpanningRole, self.approval)

        self.sure = QCheckBox(EraseDialog)
        self.sure.setObjectName(u"sure")

        self.form.setWidget(5, QFormLayout.ItemRole.SpanningRole, self.sure)

        self.message = QLabel(EraseDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(6, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(EraseDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(7, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.basisLabel.setBuddy(self.basis)
        self.untilLabel.setBuddy(self.until)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(EraseDialog)
    # setupUi

    def retranslateUi(self, EraseDialog):
        EraseDialog.setWindowTitle(QCoreApplication.translate("EraseDialog", u"\ud30c\uae30", None))
        self.hint.setText("")
        self.basisLabel.setText(QCoreApplication.translate("EraseDialog", u"\uadfc\uac70(&B)", None))
        self.basis.setPlaceholderText(QCoreApplication.translate("EraseDialog", u"\uc608: \ubcf4\uc874\uae30\uac04 \ub9cc\ub8cc, \uc694\uad6c\uc11c \uc811\uc218 2026-3\ud638 (\uc774\ub984\uc740 \uc801\uc9c0 \uc54a\uc74c)", None))
#if QT_CONFIG(accessibility)
        self.basis.setAccessibleName(QCoreApplication.translate("EraseDialog", u"\uadfc\uac70", None))
#endif // QT_CONFIG(accessibility)
        self.untilLabel.setText(QCoreApplication.translate("EraseDialog", u"\ubd84\ub9ac\ubcf4\uad00 \uae30\ud55c(&U)", None))
        self.until.setDisplayFormat(QCoreApplication.translate("EraseDialog", u"yyyy. M. d.", None))
#if QT_CONFIG(accessibility)
        self.until.setAccessibleName(QCoreApplication.translate("EraseDialog", u"\ubd84\ub9ac\ubcf4\uad00 \uae30\ud55c", None))
#endif // QT_CONFIG(accessibility)
        self.early.setText(QCoreApplication.translate("EraseDialog", u"\uc815\ubcf4\uc8fc\uccb4 \ubcf8\uc778\uc774 \uc694\uad6c\ud558\uc5ec \ubcf4\uc874\uae30\uac04 \uc804\uc5d0 \ucc98\ub9ac\ud569\ub2c8\ub2e4(&E)", None))
        self.sure.setText(QCoreApplication.translate("EraseDialog", u"\ub418\ub3cc\ub9b4 \uc218 \uc5c6\uc74c\uc744 \uc54c\uace0 \uc788\uc2b5\ub2c8\ub2e4(&S)", None))
    # retranslateUi

