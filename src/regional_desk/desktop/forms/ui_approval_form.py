# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'approval_form.ui'
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
from PySide6.QtWidgets import (QApplication, QDateEdit, QFormLayout, QHBoxLayout,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QWidget)
class Ui_ApprovalForm(object):
    def setupUi(self, ApprovalForm):
        if not ApprovalForm.objectName():
            ApprovalForm.setObjectName(u"ApprovalForm")
        self.form = QFormLayout(ApprovalForm)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(9)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.dayLabel = QLabel(ApprovalForm)
        self.dayLabel.setObjectName(u"dayLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.dayLabel)

        self.day = QDateEdit(ApprovalForm)
        self.day.setObjectName(u"day")
        self.day.setCalendarPopup(True)

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.day)

        self.signersLabel = QLabel(ApprovalForm)
        self.signersLabel.setObjectName(u"signersLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.signersLabel)

        self.signers = QWidget(ApprovalForm)
        self.signers.setObjectName(u"signers")
        self.signerLines = QFormLayout(self.signers)
        self.signerLines.setSpacing(6)
        self.signerLines.setObjectName(u"signerLines")
        self.signerLines.setContentsMargins(0, 0, 0, 0)

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.signers)

        self.memoLabel = QLabel(ApprovalForm)
        self.memoLabel.setObjectName(u"memoLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.memoLabel)

        self.memo = QLineEdit(ApprovalForm)
        self.memo.setObjectName(u"memo")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.memo)

        self.scanLabel = QLabel(ApprovalForm)
        self.scanLabel.setObjectName(u"scanLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.scanLabel)

        self.scanLine = QHBoxLayout()
        self.scanLine.setObjectName(u"scanLine")
        self.scan = QLabel(ApprovalForm)
        self.scan.setObjectName(u"scan")

        self.scanLine.addWidget(self.scan)

        self.space = QSpacerItem(20, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.scanLine.addItem(self.space)

        self.pick = QPushButton(ApprovalForm)
        self.pick.setObjectName(u"pick")

        self.scanLine.addWidget(self.pick)


        self.form.setLayout(3, QFormLayout.ItemRole.FieldRole, self.scanLine)

#if QT_CONFIG(shortcut)
        self.dayLabel.setBuddy(self.day)
        self.signersLabel.setBuddy(self.signers)
        self.memoLabel.setBuddy(self.memo)
        self.scanLabel.setBuddy(self.pick)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ApprovalForm)
    # setupUi

    def retranslateUi(self, ApprovalForm):
        self.dayLabel.setText(QCoreApplication.translate("ApprovalForm", u"\uacb0\uc7ac\ud55c \ub0a0(&D)", None))
        self.day.setDisplayFormat(QCoreApplication.translate("ApprovalForm", u"yyyy. M. d.", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(QCoreApplication.translate("ApprovalForm", u"\uacb0\uc7ac\ud55c \ub0a0", None))
#endif // QT_CONFIG(accessibility)
        self.signersLabel.setText(QCoreApplication.translate("ApprovalForm", u"\uacb0\uc7ac\ud55c \uc0ac\ub78c", None))
        self.memoLabel.setText(QCoreApplication.translate("ApprovalForm", u"\uacb0\uc7ac \uba54\ubaa8(&M)", None))
        self.memo.setPlaceholderText(QCoreApplication.translate("ApprovalForm", u"\ubb38\uc11c\ubc88\ud638, \uc804\uacb0 \uaddc\uc815 \ub4f1", None))
#if QT_CONFIG(accessibility)
        self.memo.setAccessibleName(QCoreApplication.translate("ApprovalForm", u"\uacb0\uc7ac \uba54\ubaa8", None))
#endif // QT_CONFIG(accessibility)
        self.scanLabel.setText(QCoreApplication.translate("ApprovalForm", u"\uc2a4\uce94", None))
        self.scan.setText(QCoreApplication.translate("ApprovalForm", u"\uc5c6\uc74c (PDF\u00b7JPG\u00b7PNG, 20 MB\uae4c\uc9c0)", None))
        self.pick.setText(QCoreApplication.translate("ApprovalForm", u"\uc2a4\uce94 \uace0\ub974\uae30\u2026", None))
        pass
    # retranslateUi

