# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'cell_dialog.ui'
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
from PySide6.QtWidgets import (QAbstractButton, QApplication, QCheckBox, QComboBox,
    QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout,
    QLabel, QLineEdit, QSizePolicy, QWidget)
class Ui_CellDialog(object):
    def setupUi(self, CellDialog):
        if not CellDialog.objectName():
            CellDialog.setObjectName(u"CellDialog")
        self.form = QFormLayout(CellDialog)
        self.form.setObjectName(u"form")
        self.heading = QLabel(CellDialog)
        self.heading.setObjectName(u"heading")

        self.form.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.heading)

        self.statusLabel = QLabel(CellDialog)
        self.statusLabel.setObjectName(u"statusLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.statusLabel)

        self.status = QComboBox(CellDialog)
        self.status.setObjectName(u"status")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.status)

        self.marksLabel = QLabel(CellDialog)
        self.marksLabel.setObjectName(u"marksLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.marksLabel)

        self.marks = QHBoxLayout()
        self.marks.setObjectName(u"marks")
        self.late = QCheckBox(CellDialog)
        self.late.setObjectName(u"late")

        self.marks.addWidget(self.late)

        self.leftEarly = QCheckBox(CellDialog)
        self.leftEarly.setObjectName(u"leftEarly")

        self.marks.addWidget(self.leftEarly)

        self.out = QCheckBox(CellDialog)
        self.out.setObjectName(u"out")

        self.marks.addWidget(self.out)


        self.form.setLayout(2, QFormLayout.ItemRole.FieldRole, self.marks)

        self.timeInLabel = QLabel(CellDialog)
        self.timeInLabel.setObjectName(u"timeInLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.timeInLabel)

        self.timeIn = QLineEdit(CellDialog)
        self.timeIn.setObjectName(u"timeIn")

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.timeIn)

        self.timeOutLabel = QLabel(CellDialog)
        self.timeOutLabel.setObjectName(u"timeOutLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.timeOutLabel)

        self.timeOut = QLineEdit(CellDialog)
        self.timeOut.setObjectName(u"timeOut")

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.timeOut)

        self.reasonLabel = QLabel(CellDialog)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.reasonLabel)

        self.reason = QComboBox(CellDialog)
        self.reason.setObjectName(u"reason")

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.reason)

        self.evidenceLabel = QLabel(CellDialog)
        self.evidenceLabel.setObjectName(u"evidenceLabel")

        self.form.setWidget(6, QFormLayout.ItemRole.LabelRole, self.evidenceLabel)

        self.evidence = QComboBox(CellDialog)
        self.evidence.setObjectName(u"evidence")

        self.form.setWidget(6, QFormLayout.ItemRole.FieldRole, self.evidence)

        self.message = QLabel(CellDialog)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.form.setWidget(7, QFormLayout.ItemRole.SpanningRole, self.message)

        self.buttons = QDialogButtonBox(CellDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(8, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.statusLabel.setBuddy(self.status)
        self.timeInLabel.setBuddy(self.timeIn)
        self.timeOutLabel.setBuddy(self.timeOut)
        self.reasonLabel.setBuddy(self.reason)
        self.evidenceLabel.setBuddy(self.evidence)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(CellDialog)
    # setupUi

    def retranslateUi(self, CellDialog):
        CellDialog.setWindowTitle(QCoreApplication.translate("CellDialog", u"\uc2dc\uac01\u00b7\uc0ac\uc720\u00b7\uc99d\ube59", None))
        self.statusLabel.setText(QCoreApplication.translate("CellDialog", u"\ucd9c\uacb0(&S)", None))
        self.marksLabel.setText(QCoreApplication.translate("CellDialog", u"\ud45c\uc2dc", None))
        self.late.setText(QCoreApplication.translate("CellDialog", u"\uc9c0\uac01(&L)", None))
        self.leftEarly.setText(QCoreApplication.translate("CellDialog", u"\uc870\ud1f4(&E)", None))
        self.out.setText(QCoreApplication.translate("CellDialog", u"\uc678\ucd9c(&O)", None))
        self.timeInLabel.setText(QCoreApplication.translate("CellDialog", u"\uc785\uc2e4(&I)", None))
        self.timeIn.setPlaceholderText(QCoreApplication.translate("CellDialog", u"09:00", None))
        self.timeOutLabel.setText(QCoreApplication.translate("CellDialog", u"\ud1f4\uc2e4(&T)", None))
        self.timeOut.setPlaceholderText(QCoreApplication.translate("CellDialog", u"18:00", None))
        self.reasonLabel.setText(QCoreApplication.translate("CellDialog", u"\uc778\uc815 \uc0ac\uc720(&R)", None))
        self.evidenceLabel.setText(QCoreApplication.translate("CellDialog", u"\uc99d\ube59(&V)", None))
    # retranslateUi

