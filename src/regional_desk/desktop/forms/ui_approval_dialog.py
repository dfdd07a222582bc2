# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'approval_dialog.ui'
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
from PySide6.QtWidgets import (QAbstractButton, QApplication, QComboBox, QDialog,
    QDialogButtonBox, QFormLayout, QLabel, QSizePolicy,
    QVBoxLayout, QWidget)
class Ui_ApprovalDialog(object):
    def setupUi(self, ApprovalDialog):
        if not ApprovalDialog.objectName():
            ApprovalDialog.setObjectName(u"ApprovalDialog")
        ApprovalDialog.setMinimumSize(QSize(520, 0))
        self.form = QFormLayout(ApprovalDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(ApprovalDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.subjectLabel = QLabel(ApprovalDialog)
        self.subjectLabel.setObjectName(u"subjectLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.subjectLabel)

        self.subject = QComboBox(ApprovalDialog)
        self.subject.setObjectName(u"subject")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.subject)

        self.approval = QWidget(ApprovalDialog)
        self.approval.setObjectName(u"approval")
        self.approvalLines = QVBoxLayout(self.approval)
        self.approvalLines.setSpacing(6)
        self.approvalLines.setObjectName(u"approvalLines")
        self.approvalLines.setContentsMargins(0, 0, 0, 0)

        self.form.setWidget(2, QFormLayout.ItemRole.SpanningRole, self.approval)

        self.message = QLabel(ApprovalDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(3, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(ApprovalDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(4, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.subjectLabel.setBuddy(self.subject)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ApprovalDialog)
    # setupUi

    def retranslateUi(self, ApprovalDialog):
        ApprovalDialog.setWindowTitle(QCoreApplication.translate("ApprovalDialog", u"\uc11c\uba74 \uacb0\uc7ac \uae30\ub85d", None))
        self.hint.setText(QCoreApplication.translate("ApprovalDialog", u"\uc885\uc774\uc5d0 \ubc1b\uc740 \uacb0\uc7ac\ub97c \uc801\uc2b5\ub2c8\ub2e4. \uc2a4\uce94\uc740 \uc554\ud638\ud654\ub418\uc5b4 \uc790\ub8cc \uc548\uc5d0\ub9cc \ub0a8\uc2b5\ub2c8\ub2e4.", None))
        self.subjectLabel.setText(QCoreApplication.translate("ApprovalDialog", u"\ubb34\uc5c7\uc744(&W)", None))
#if QT_CONFIG(accessibility)
        self.subject.setAccessibleName(QCoreApplication.translate("ApprovalDialog", u"\uacb0\uc7ac\ud55c \uac83", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

