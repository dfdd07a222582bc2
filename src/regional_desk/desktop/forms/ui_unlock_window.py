# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'unlock_window.ui'
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
from PySide6.QtWidgets import (QApplication, QCheckBox, QComboBox, QFormLayout,
    QFrame, QHBoxLayout, QLabel, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)
class Ui_UnlockWindow(object):
    def setupUi(self, UnlockWindow):
        if not UnlockWindow.objectName():
            UnlockWindow.setObjectName(u"UnlockWindow")
        self.outer = QVBoxLayout(UnlockWindow)
        self.outer.setObjectName(u"outer")
        self.above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.above)

        self.card = QFrame(UnlockWindow)
        self.card.setObjectName(u"card")
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

        self.folderLabel = QLabel(self.card)
        self.folderLabel.setObjectName(u"folderLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.folderLabel)

        self.folderLine = QHBoxLayout()
        self.folderLine.setObjectName(u"folderLine")
        self.folder = QComboBox(self.card)
        self.folder.setObjectName(u"folder")
        self.folder.setEditable(True)
        self.folder.setMinimumWidth(300)

        self.folderLine.addWidget(self.folder)

        self.browse = QPushButton(self.card)
        self.browse.setObjectName(u"browse")

        self.folderLine.addWidget(self.browse)

        self.folderLine.setStretch(0, 1)

        self.form.setLayout(2, QFormLayout.ItemRole.FieldRole, self.folderLine)

        self.userLabel = QLabel(self.card)
        self.userLabel.setObjectName(u"userLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.userLabel)

        self.user = QComboBox(self.card)
        self.user.setObjectName(u"user")
        self.user.setEditable(True)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.user)

        self.passwordLabel = QLabel(self.card)
        self.passwordLabel.setObjectName(u"passwordLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.passwordLabel)

        self.password = QLineEdit(self.card)
        self.password.setObjectName(u"password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.password)

        self.message = QLabel(self.card)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(5, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.recovery = QCheckBox(self.card)
        self.recovery.setObjectName(u"recovery")

        self.buttons.addWidget(self.recovery)

        self.between = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.between)

        self.look = QPushButton(self.card)
        self.look.setObjectName(u"look")

        self.buttons.addWidget(self.look)

        self.unlock = QPushButton(self.card)
        self.unlock.setObjectName(u"unlock")

        self.buttons.addWidget(self.unlock)


        self.form.setLayout(6, QFormLayout.ItemRole.SpanningRole, self.buttons)

        self.others = QHBoxLayout()
        self.others.setSpacing(8)
        self.others.setObjectName(u"others")
        self.practice = QPushButton(self.card)
        self.practice.setObjectName(u"practice")

        self.others.addWidget(self.practice)

        self.create = QPushButton(self.card)
        self.create.setObjectName(u"create")

        self.others.addWidget(self.create)

        self.restore = QPushButton(self.card)
        self.restore.setObjectName(u"restore")

        self.others.addWidget(self.restore)

        self.borrow = QPushButton(self.card)
        self.borrow.setObjectName(u"borrow")

        self.others.addWidget(self.borrow)

        self.after = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.others.addItem(self.after)


        self.form.setLayout(7, QFormLayout.ItemRole.SpanningRole, self.others)


        self.outer.addWidget(self.card)

        self.below = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.below)

#if QT_CONFIG(shortcut)
        self.folderLabel.setBuddy(self.folder)
        self.userLabel.setBuddy(self.user)
        self.passwordLabel.setBuddy(self.password)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(UnlockWindow)

        self.unlock.setDefault(True)

    # setupUi

    def retranslateUi(self, UnlockWindow):
        UnlockWindow.setWindowTitle(QCoreApplication.translate("UnlockWindow", u"Regional Desk \u2014 \uc7a0\uae08 \ud480\uae30", None))
        self.title.setText(QCoreApplication.translate("UnlockWindow", u"\uc2a4\ub9c8\ud2b8\uc81c\uc870 \uc804\ubb38\uc778\ub825 \uc721\uc131\uc0ac\uc5c5", None))
        self.hint.setText(QCoreApplication.translate("UnlockWindow", u"\uc0ac\ubb34\uc18c \uc790\ub8cc\uc758 \uc7a0\uae08\uc744 \ud489\ub2c8\ub2e4.", None))
        self.folderLabel.setText(QCoreApplication.translate("UnlockWindow", u"\uc0ac\ubb34\uc18c \ud3f4\ub354(&F)", None))
#if QT_CONFIG(accessibility)
        self.folder.setAccessibleName(QCoreApplication.translate("UnlockWindow", u"\uc0ac\ubb34\uc18c \ud3f4\ub354", None))
#endif // QT_CONFIG(accessibility)
        self.browse.setText(QCoreApplication.translate("UnlockWindow", u"\ucc3e\uae30\u2026", None))
        self.userLabel.setText(QCoreApplication.translate("UnlockWindow", u"\uc0ac\uc6a9\uc790(&U)", None))
#if QT_CONFIG(accessibility)
        self.user.setAccessibleName(QCoreApplication.translate("UnlockWindow", u"\uc0ac\uc6a9\uc790", None))
#endif // QT_CONFIG(accessibility)
        self.passwordLabel.setText(QCoreApplication.translate("UnlockWindow", u"\ube44\ubc00\ubc88\ud638(&P)", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("UnlockWindow", u"\ube44\ubc00\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.recovery.setText(QCoreApplication.translate("UnlockWindow", u"\ubcf5\uad6c \ud0a4\ub85c \uc5f4\uae30", None))
        self.look.setText(QCoreApplication.translate("UnlockWindow", u"\uc77d\uae30 \uc804\uc6a9\uc73c\ub85c \uc5f4\uae30", None))
        self.unlock.setText(QCoreApplication.translate("UnlockWindow", u"\uc5f4\uae30", None))
        self.practice.setText(QCoreApplication.translate("UnlockWindow", u"\uc5f0\uc2b5\uc6a9 \uc0ac\ubb34\uc18c \ub9cc\ub4e4\uae30", None))
        self.create.setText(QCoreApplication.translate("UnlockWindow", u"\uc0c8 \uc0ac\ubb34\uc18c\u2026", None))
        self.restore.setText(QCoreApplication.translate("UnlockWindow", u"\ubc31\uc5c5\uc5d0\uc11c \ub418\ub3cc\ub9ac\uae30\u2026", None))
        self.borrow.setText(QCoreApplication.translate("UnlockWindow", u"\ube4c\ub824 \uc628 \ubc18 \uc5f4\uae30\u2026", None))
    # retranslateUi

