# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'user_dialog.ui'
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
    QVBoxLayout, QWidget)
class Ui_UserDialog(object):
    def setupUi(self, UserDialog):
        if not UserDialog.objectName():
            UserDialog.setObjectName(u"UserDialog")
        UserDialog.setMinimumSize(QSize(460, 0))
        self.form = QFormLayout(UserDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(UserDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.loginLabel = QLabel(UserDialog)
        self.loginLabel.setObjectName(u"loginLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.loginLabel)

        self.login = QLineEdit(UserDialog)
        self.login.setObjectName(u"login")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.login)

        self.nameLabel = QLabel(UserDialog)
        self.nameLabel.setObjectName(u"nameLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.nameLabel)

        self.name = QLineEdit(UserDialog)
        self.name.setObjectName(u"name")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.name)

        self.rolesLabel = QLabel(UserDialog)
        self.rolesLabel.setObjectName(u"rolesLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.rolesLabel)

        self.roles = QWidget(UserDialog)
        self.roles.setObjectName(u"roles")
        self.roleLines = QVBoxLayout(self.roles)
        self.roleLines.setSpacing(3)
        self.roleLines.setObjectName(u"roleLines")
        self.roleLines.setContentsMargins(0, 0, 0, 0)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.roles)

        self.passwordLabel = QLabel(UserDialog)
        self.passwordLabel.setObjectName(u"passwordLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.passwordLabel)

        self.password = QLineEdit(UserDialog)
        self.password.setObjectName(u"password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.password)

        self.againLabel = QLabel(UserDialog)
        self.againLabel.setObjectName(u"againLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.againLabel)

        self.again = QLineEdit(UserDialog)
        self.again.setObjectName(u"again")
        self.again.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.again)

        self.message = QLabel(UserDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(6, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(UserDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(7, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.loginLabel.setBuddy(self.login)
        self.nameLabel.setBuddy(self.name)
        self.rolesLabel.setBuddy(self.roles)
        self.passwordLabel.setBuddy(self.password)
        self.againLabel.setBuddy(self.again)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(UserDialog)
    # setupUi

    def retranslateUi(self, UserDialog):
        UserDialog.setWindowTitle(QCoreApplication.translate("UserDialog", u"\uc0ac\uc6a9\uc790 \ucd94\uac00", None))
        self.hint.setText(QCoreApplication.translate("UserDialog", u"\ubcf8\uc778\uc774 \ucc98\uc74c \ub4e4\uc5b4\uc62c \ub54c \uc790\uae30 \ube44\ubc00\ubc88\ud638\ub85c \ubc14\uafc9\ub2c8\ub2e4. \ud55c \uc0ac\ub78c\uc774 \ud55c \uacc4\uc815\uc744 \uc4f0\uace0 \uac19\uc774 \uc4f0\uc9c0 \uc54a\uc2b5\ub2c8\ub2e4.", None))
        self.loginLabel.setText(QCoreApplication.translate("UserDialog", u"\uc544\uc774\ub514(&I)", None))
#if QT_CONFIG(accessibility)
        self.login.setAccessibleName(QCoreApplication.translate("UserDialog", u"\uc544\uc774\ub514", None))
#endif // QT_CONFIG(accessibility)
        self.nameLabel.setText(QCoreApplication.translate("UserDialog", u"\uc774\ub984(&N)", None))
#if QT_CONFIG(accessibility)
        self.name.setAccessibleName(QCoreApplication.translate("UserDialog", u"\uc774\ub984", None))
#endif // QT_CONFIG(accessibility)
        self.rolesLabel.setText(QCoreApplication.translate("UserDialog", u"\uc5ed\ud560", None))
#if QT_CONFIG(accessibility)
        self.roles.setAccessibleName(QCoreApplication.translate("UserDialog", u"\uc5ed\ud560", None))
#endif // QT_CONFIG(accessibility)
        self.passwordLabel.setText(QCoreApplication.translate("UserDialog", u"\uc784\uc2dc \ube44\ubc00\ubc88\ud638(&P)", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("UserDialog", u"\uc784\uc2dc \ube44\ubc00\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.againLabel.setText(QCoreApplication.translate("UserDialog", u"\uc784\uc2dc \ube44\ubc00\ubc88\ud638 \ub2e4\uc2dc(&A)", None))
#if QT_CONFIG(accessibility)
        self.again.setAccessibleName(QCoreApplication.translate("UserDialog", u"\uc784\uc2dc \ube44\ubc00\ubc88\ud638 \ub2e4\uc2dc", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

