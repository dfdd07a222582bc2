# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'seal_dialog.ui'
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
from PySide6.QtWidgets import (QAbstractButton, QAbstractSpinBox, QApplication, QDateEdit,
    QDialog, QDialogButtonBox, QFormLayout, QLabel,
    QLineEdit, QSizePolicy, QSpinBox, QWidget)
class Ui_SealDialog(object):
    def setupUi(self, SealDialog):
        if not SealDialog.objectName():
            SealDialog.setObjectName(u"SealDialog")
        SealDialog.setMinimumSize(QSize(500, 0))
        self.form = QFormLayout(SealDialog)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.hint = QLabel(SealDialog)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.hint)

        self.documentLabel = QLabel(SealDialog)
        self.documentLabel.setObjectName(u"documentLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.documentLabel)

        self.document = QLineEdit(SealDialog)
        self.document.setObjectName(u"document")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.document)

        self.recipientLabel = QLabel(SealDialog)
        self.recipientLabel.setObjectName(u"recipientLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.recipientLabel)

        self.recipient = QLineEdit(SealDialog)
        self.recipient.setObjectName(u"recipient")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.recipient)

        self.copiesLabel = QLabel(SealDialog)
        self.copiesLabel.setObjectName(u"copiesLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.copiesLabel)

        self.copies = QSpinBox(SealDialog)
        self.copies.setObjectName(u"copies")
        self.copies.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.copies.setMinimum(1)
        self.copies.setMaximum(9999)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.copies)

        self.dayLabel = QLabel(SealDialog)
        self.dayLabel.setObjectName(u"dayLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.dayLabel)

        self.day = QDateEdit(SealDialog)
        self.day.setObjectName(u"day")
        self.day.setCalendarPopup(True)

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.day)

        self.askedLabel = QLabel(SealDialog)
        self.askedLabel.setObjectName(u"askedLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.askedLabel)

        self.asked = QLineEdit(SealDialog)
        self.asked.setObjectName(u"asked")

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.asked)

        self.checkLabel = QLabel(SealDialog)
        self.checkLabel.setObjectName(u"checkLabel")

        self.form.setWidget(6, QFormLayout.ItemRole.LabelRole, self.checkLabel)

        self.check = QLineEdit(SealDialog)
        self.check.setObjectName(u"check")

        self.form.setWidget(6, QFormLayout.ItemRole.FieldRole, self.check)

        self.memoLabel = QLabel(SealDialog)
        self.memoLabel.setObjectName(u"memoLabel")

        self.form.setWidget(7, QFormLayout.ItemRole.LabelRole, self.memoLabel)

        self.memo = QLineEdit(SealDialog)
        self.memo.setObjectName(u"memo")

        self.form.setWidget(7, QFormLayout.ItemRole.FieldRole, self.memo)

        self.message = QLabel(SealDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(8, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(SealDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(9, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.documentLabel.setBuddy(self.document)
        self.recipientLabel.setBuddy(self.recipient)
        self.copiesLabel.setBuddy(self.copies)
        self.dayLabel.setBuddy(self.day)
        self.askedLabel.setBuddy(self.asked)
        self.checkLabel.setBuddy(self.check)
        self.memoLabel.setBuddy(self.memo)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(SealDialog)
    # setupUi

    def retranslateUi(self, SealDialog):
        SealDialog.setWindowTitle(QCoreApplication.translate("SealDialog", u"\uc9c1\uc778 \ub0a0\uc778 \uae30\ub85d", None))
        self.hint.setText(QCoreApplication.translate("SealDialog", u"\ubc88\ud638\ub294 \ud574\ub9c8\ub2e4 1\ubc88\ubd80\ud130 \ube60\uc9d0\uc5c6\uc774 \ub9e4\uaca8\uc9c0\uace0, \uc801\uc740 \uc904\uc740 \uace0\uce58\uac70\ub098 \uc9c0\uc6b8 \uc218 \uc5c6\uc2b5\ub2c8\ub2e4.", None))
        self.documentLabel.setText(QCoreApplication.translate("SealDialog", u"\ubb38\uc11c(&D)", None))
#if QT_CONFIG(accessibility)
        self.document.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ubb38\uc11c", None))
#endif // QT_CONFIG(accessibility)
        self.recipientLabel.setText(QCoreApplication.translate("SealDialog", u"\ubc1b\ub294 \uacf3(&R)", None))
#if QT_CONFIG(accessibility)
        self.recipient.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ubc1b\ub294 \uacf3", None))
#endif // QT_CONFIG(accessibility)
        self.copiesLabel.setText(QCoreApplication.translate("SealDialog", u"\ubd80\uc218(&C)", None))
#if QT_CONFIG(accessibility)
        self.copies.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ubd80\uc218", None))
#endif // QT_CONFIG(accessibility)
        self.dayLabel.setText(QCoreApplication.translate("SealDialog", u"\ub0a0\uc778\ud55c \ub0a0(&Y)", None))
        self.day.setDisplayFormat(QCoreApplication.translate("SealDialog", u"yyyy. M. d.", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ub0a0\uc778\ud55c \ub0a0", None))
#endif // QT_CONFIG(accessibility)
        self.askedLabel.setText(QCoreApplication.translate("SealDialog", u"\uc694\uccad\ud55c \uc0ac\ub78c(&A)", None))
#if QT_CONFIG(accessibility)
        self.asked.setAccessibleName(QCoreApplication.translate("SealDialog", u"\uc694\uccad\ud55c \uc0ac\ub78c", None))
#endif // QT_CONFIG(accessibility)
        self.checkLabel.setText(QCoreApplication.translate("SealDialog", u"\ud655\uc778\ubc88\ud638(&N)", None))
        self.check.setPlaceholderText(QCoreApplication.translate("SealDialog", u"\uc774 \ud504\ub85c\uadf8\ub7a8\uc758 \ubb38\uc11c\uba74 \ubc14\ub2e5\uae00\uc758 \ubc88\ud638", None))
#if QT_CONFIG(accessibility)
        self.check.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ud655\uc778\ubc88\ud638", None))
#endif // QT_CONFIG(accessibility)
        self.memoLabel.setText(QCoreApplication.translate("SealDialog", u"\ube44\uace0(&M)", None))
#if QT_CONFIG(accessibility)
        self.memo.setAccessibleName(QCoreApplication.translate("SealDialog", u"\ube44\uace0", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

