# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'loss_dialog.ui'
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
from PySide6.QtWidgets import (QAbstractButton, QApplication, QComboBox, QDateEdit,
    QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout,
    QLabel, QLineEdit, QSizePolicy, QTimeEdit,
    QWidget)
class Ui_LossDialog(object):
    def setupUi(self, LossDialog):
        if not LossDialog.objectName():
            LossDialog.setObjectName(u"LossDialog")
        LossDialog.setMinimumSize(QSize(520, 0))
        self.form = QFormLayout(LossDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(LossDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.kindLabel = QLabel(LossDialog)
        self.kindLabel.setObjectName(u"kindLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.kindLabel)

        self.kind = QComboBox(LossDialog)
        self.kind.setObjectName(u"kind")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.kind)

        self.descriptionLabel = QLabel(LossDialog)
        self.descriptionLabel.setObjectName(u"descriptionLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.descriptionLabel)

        self.description = QLineEdit(LossDialog)
        self.description.setObjectName(u"description")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.description)

        self.lostLabel = QLabel(LossDialog)
        self.lostLabel.setObjectName(u"lostLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.lostLabel)

        self.lost = QDateEdit(LossDialog)
        self.lost.setObjectName(u"lost")
        self.lost.setCalendarPopup(True)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.lost)

        self.noticedLabel = QLabel(LossDialog)
        self.noticedLabel.setObjectName(u"noticedLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.noticedLabel)

        self.noticedLine = QHBoxLayout()
        self.noticedLine.setObjectName(u"noticedLine")
        self.noticed = QDateEdit(LossDialog)
        self.noticed.setObjectName(u"noticed")
        self.noticed.setCalendarPopup(True)

        self.noticedLine.addWidget(self.noticed)

        self.noticedAt = QTimeEdit(LossDialog)
        self.noticedAt.setObjectName(u"noticedAt")

        self.noticedLine.addWidget(self.noticedAt)


        self.form.setLayout(4, QFormLayout.ItemRole.FieldRole, self.noticedLine)

        self.backupLabel = QLabel(LossDialog)
        self.backupLabel.setObjectName(u"backupLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.backupLabel)

        self.backup = QComboBox(LossDialog)
        self.backup.setObjectName(u"backup")

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.backup)

        self.message = QLabel(LossDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(6, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(LossDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(7, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.kindLabel.setBuddy(self.kind)
        self.descriptionLabel.setBuddy(self.description)
        self.lostLabel.setBuddy(self.lost)
        self.noticedLabel.setBuddy(self.noticed)
        self.backupLabel.setBuddy(self.backup)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(LossDialog)
    # setupUi

    def retranslateUi(self, LossDialog):
        LossDialog.setWindowTitle(QCoreApplication.translate("LossDialog", u"\ubd84\uc2e4 \uc2e0\uace0", None))
        self.hint.setText(QCoreApplication.translate("LossDialog", u"\uc2e0\uace0\ud558\uba74 72\uc2dc\uac04 \uc2dc\uacc4\uac00 \uc548 \ub54c\ubd80\ud130 \uac11\ub2c8\ub2e4. \uad00\ub828\ub41c \uc0ac\ub78c\uacfc \ud56d\ubaa9, \uc554\ud638\ud654 \uc0c1\ud0dc\ub294 \ud504\ub85c\uadf8\ub7a8\uc774 \uc801\uc2b5\ub2c8\ub2e4.", None))
        self.kindLabel.setText(QCoreApplication.translate("LossDialog", u"\uc783\uc740 \uac83(&K)", None))
#if QT_CONFIG(accessibility)
        self.kind.setAccessibleName(QCoreApplication.translate("LossDialog", u"\uc783\uc740 \uac83", None))
#endif // QT_CONFIG(accessibility)
        self.descriptionLabel.setText(QCoreApplication.translate("LossDialog", u"\ub0b4\uc6a9(&D)", None))
        self.description.setPlaceholderText(QCoreApplication.translate("LossDialog", u"\ubb34\uc5c7\uc744, \uc5b4\ub514\uc11c, \uc5b4\ub5a4 \uc0c1\ud0dc\ub85c", None))
#if QT_CONFIG(accessibility)
        self.description.setAccessibleName(QCoreApplication.translate("LossDialog", u"\ub0b4\uc6a9", None))
#endif // QT_CONFIG(accessibility)
        self.lostLabel.setText(QCoreApplication.translate("LossDialog", u"\uc783\uc740 \ub0a0(&L)", None))
        self.lost.setDisplayFormat(QCoreApplication.translate("LossDialog", u"yyyy. M. d.", None))
#if QT_CONFIG(accessibility)
        self.lost.setAccessibleName(QCoreApplication.translate("LossDialog", u"\uc783\uc740 \ub0a0", None))
#endif // QT_CONFIG(accessibility)
        self.noticedLabel.setText(QCoreApplication.translate("LossDialog", u"\uc548 \ub54c(&N)", None))
        self.noticed.setDisplayFormat(QCoreApplication.translate("LossDialog", u"yyyy. M. d.", None))
#if QT_CONFIG(accessibility)
        self.noticed.setAccessibleName(QCoreApplication.translate("LossDialog", u"\uc548 \ub0a0", None))
#endif // QT_CONFIG(accessibility)
        self.noticedAt.setDisplayFormat(QCoreApplication.translate("LossDialog", u"HH:mm", None))
#if QT_CONFIG(accessibility)
        self.noticedAt.setAccessibleName(QCoreApplication.translate("LossDialog", u"\uc548 \uc2dc\uac01", None))
#endif // QT_CONFIG(accessibility)
        self.backupLabel.setText(QCoreApplication.translate("LossDialog", u"\ub2f4\uae34 \ubc31\uc5c5(&B)", None))
#if QT_CONFIG(accessibility)
        self.backup.setAccessibleName(QCoreApplication.translate("LossDialog", u"\ub2f4\uae34 \ubc31\uc5c5", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

