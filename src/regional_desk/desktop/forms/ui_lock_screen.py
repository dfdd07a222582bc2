# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'lock_screen.ui'
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
from PySide6.QtWidgets import (QApplication, QFormLayout, QFrame, QHBoxLayout,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)
class Ui_LockScreen(object):
    def setupUi(self, LockScreen):
        if not LockScreen.objectName():
            LockScreen.setObjectName(u"LockScreen")
        self.outer = QVBoxLayout(LockScreen)
        self.outer.setObjectName(u"outer")
        self.above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.above)

        self.middle = QHBoxLayout()
        self.middle.setObjectName(u"middle")
        self.left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.middle.addItem(self.left)

        self.card = QFrame(LockScreen)
        self.card.setObjectName(u"card")
        self.card.setMinimumSize(QSize(440, 0))
        self.form = QFormLayout(self.card)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(10)
        self.form.setContentsMargins(28, 22, 28, 22)
        self.title = QLabel(self.card)
        self.title.setObjectName(u"title")

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.title)

        self.hint = QLabel(self.card)
        self.hint.setObjectName(u"hint")

        self.form.setWidget(1, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.userLabel = QLabel(self.card)
        self.userLabel.setObjectName(u"userLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.userLabel)

        self.user = QLabel(self.card)
        self.user.setObjectName(u"user")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.user)

        self.passwordLabel = QLabel(self.card)
        self.passwordLabel.setObjectName(u"passwordLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.passwordLabel)

        self.password = QLineEdit(self.card)
        self.password.setObjectName(u"password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMinimumWidth(260)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.password)

        self.message = QLabel(self.card)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(4, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.other = QPushButton(self.card)
        self.other.setObjectName(u"other")

        self.buttons.addWidget(self.other)

        self.between = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.between)

        self.unlock = QPushButton(self.card)
        self.unlock.setObjectName(u"unlock")

        self.buttons.addWidget(self.unlock)


        self.form.setLayout(5, QFormLayout.ItemRole.SpanningRole, self.buttons)


        self.middle.addWidget(self.card)

        self.right = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.middle.addItem(self.right)


        self.outer.addLayout(self.middle)

        self.below = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.below)

#if QT_CONFIG(shortcut)
        self.passwordLabel.setBuddy(self.password)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(LockScreen)

        self.unlock.setDefault(True)

    # setupUi

    def retranslateUi(self, LockScreen):
        LockScreen.setWindowTitle(QCoreApplication.translate("LockScreen", u"Regional Desk \u2014 \uc7a0\uae40", None))
        self.title.setText(QCoreApplication.translate("LockScreen", u"\uc7a0\uaca8 \uc788\uc2b5\ub2c8\ub2e4", None))
        self.hint.setText(QCoreApplication.translate("LockScreen", u"\ube44\ubc00\ubc88\ud638\ub97c \ub123\uc73c\uba74 \ud558\ub358 \uc77c\uc744 \uc774\uc5b4\uc11c \ud569\ub2c8\ub2e4.", None))
        self.userLabel.setText(QCoreApplication.translate("LockScreen", u"\uc0ac\uc6a9\uc790", None))
        self.passwordLabel.setText(QCoreApplication.translate("LockScreen", u"\ube44\ubc00\ubc88\ud638(&P)", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("LockScreen", u"\ube44\ubc00\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.other.setText(QCoreApplication.translate("LockScreen", u"\ub2e4\ub978 \uc0ac\uc6a9\uc790\u2026", None))
#if QT_CONFIG(tooltip)
        self.other.setToolTip(QCoreApplication.translate("LockScreen", u"\uc774 \uc0ac\ub78c\uc758 \ucc3d\uc744 \ub2eb\uace0 \ucc98\uc74c \ud654\uba74\uc73c\ub85c \uac11\ub2c8\ub2e4. \uc800\uc7a5\ud558\uc9c0 \uc54a\uc740 \uc785\ub825\uc740 \uc0ac\ub77c\uc9d1\ub2c8\ub2e4.", None))
#endif // QT_CONFIG(tooltip)
        self.unlock.setText(QCoreApplication.translate("LockScreen", u"\ud480\uae30", None))
    # retranslateUi

