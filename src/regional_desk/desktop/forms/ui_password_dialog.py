# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'password_dialog.ui'
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
from PySide6.QtWidgets import (QAbstractButton, QApplication, QDialog, QDialogButtonBox,
    QFormLayout, QLabel, QLineEdit, QSizePolicy,
    QWidget)
class Ui_PasswordDialog(object):
    def setupUi(self, PasswordDialog):
        if not PasswordDialog.objectName():
            PasswordDialog.setObjectName(u"PasswordDialog")
        PasswordDialog.setMinimumSize(QSize(460, 0))
        self.form = QFormLayout(PasswordDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(PasswordDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.oldLabel = QLabel(PasswordDialog)
        self.oldLabel.setObjectName(u"oldLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.oldLabel)

        self.old = QLineEdit(PasswordDialog)
        self.old.setObjectName(u"old")
        self.old.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.old)

        self.freshLabel = QLabel(PasswordDialog)
        self.freshLabel.setObjectName(u"freshLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.freshLabel)

        self.fresh = QLineEdit(PasswordDialog)
        self.fresh.setObjectName(u"fresh")
        self.fresh.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.fresh)

        self.againLabel = QLabel(PasswordDialog)
        self.againLabel.setObjectName(u"againLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.againLabel)

        self.again = QLineEdit(PasswordDialog)
        self.again.setObjectName(u"again")
        self.again.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.again)

        self.message = QLabel(PasswordDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(4, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(PasswordDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(5, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.oldLabel.setBuddy(self.old)
        self.freshLabel.setBuddy(self.fresh)
        self.againLabel.setBuddy(self.again)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(PasswordDialog)
    # setupUi

    def retranslateUi(self, PasswordDialog):
        PasswordDialog.setWindowTitle(QCoreApplication.translate("PasswordDialog", u"\ube44\ubc00\ubc88\ud638 \ubc14\uafb8\uae30", None))
        self.hint.setText(QCoreApplication.translate("PasswordDialog", u"8\uc790 \uc774\uc0c1. \uc774\uc5b4\uc9c4 \uae00\uc790\ub098 \uac19\uc740 \uae00\uc790\ub9cc\uc73c\ub85c\ub294 \uc548 \ub429\ub2c8\ub2e4. \uc5ec\ub7ec \ub0b1\ub9d0\uc744 \uc774\uc5b4 \uc4f0\uba74 \uc678\uc6b0\uae30 \uc27d\uace0 \uc548\uc804\ud569\ub2c8\ub2e4.", None))
        self.oldLabel.setText(QCoreApplication.translate("PasswordDialog", u"\uc9c0\uae08 \ube44\ubc00\ubc88\ud638(&O)", None))
#if QT_CONFIG(accessibility)
        self.old.setAccessibleName(QCoreApplication.translate("PasswordDialog", u"\uc9c0\uae08 \ube44\ubc00\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.freshLabel.setText(QCoreApplication.translate("PasswordDialog", u"\uc0c8 \ube44\ubc00\ubc88\ud638(&N)", None))
#if QT_CONFIG(accessibility)
        self.fresh.setAccessibleName(QCoreApplication.translate("PasswordDialog", u"\uc0c8 \ube44\ubc00\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.againLabel.setText(QCoreApplication.translate("PasswordDialog", u"\uc0c8 \ube44\ubc00\ubc88\ud638 \ub2e4\uc2dc(&A)", None))
#if QT_CONFIG(accessibility)
        self.again.setAccessibleName(QCoreApplication.translate("PasswordDialog", u"\uc0c8 \ube44\ubc00\ubc88\ud638 \ub2e4\uc2dc", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

