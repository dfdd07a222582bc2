# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'course_dialog.ui'
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
    QDialog, QDialogButtonBox, QFormLayout, QLabel,
    QLineEdit, QSizePolicy, QWidget)
class Ui_CourseDialog(object):
    def setupUi(self, CourseDialog):
        if not CourseDialog.objectName():
            CourseDialog.setObjectName(u"CourseDialog")
        self.form = QFormLayout(CourseDialog)
        self.form.setObjectName(u"form")
        self.nameLabel = QLabel(CourseDialog)
        self.nameLabel.setObjectName(u"nameLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.nameLabel)

        self.name = QLineEdit(CourseDialog)
        self.name.setObjectName(u"name")
        self.name.setMinimumWidth(360)

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.name)

        self.trackLabel = QLabel(CourseDialog)
        self.trackLabel.setObjectName(u"trackLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.trackLabel)

        self.track = QComboBox(CourseDialog)
        self.track.setObjectName(u"track")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.track)

        self.startLabel = QLabel(CourseDialog)
        self.startLabel.setObjectName(u"startLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.startLabel)

        self.start = QDateEdit(CourseDialog)
        self.start.setObjectName(u"start")
        self.start.setCalendarPopup(True)

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.start)

        self.endLabel = QLabel(CourseDialog)
        self.endLabel.setObjectName(u"endLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.endLabel)

        self.end = QDateEdit(CourseDialog)
        self.end.setObjectName(u"end")
        self.end.setCalendarPopup(True)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.end)

        self.schemeLabel = QLabel(CourseDialog)
        self.schemeLabel.setObjectName(u"schemeLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.schemeLabel)

        self.scheme = QComboBox(CourseDialog)
        self.scheme.setObjectName(u"scheme")

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.scheme)

        self.offLabel = QLabel(CourseDialog)
        self.offLabel.setObjectName(u"offLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.offLabel)

        self.daysOff = QLineEdit(CourseDialog)
        self.daysOff.setObjectName(u"daysOff")

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.daysOff)

        self.extraLabel = QLabel(CourseDialog)
        self.extraLabel.setObjectName(u"extraLabel")

        self.form.setWidget(6, QFormLayout.ItemRole.LabelRole, self.extraLabel)

        self.extraDays = QLineEdit(CourseDialog)
        self.extraDays.setObjectName(u"extraDays")

        self.form.setWidget(6, QFormLayout.ItemRole.FieldRole, self.extraDays)

        self.preview = QLabel(CourseDialog)
        self.preview.setObjectName(u"preview")
        self.preview.setWordWrap(True)

        self.form.setWidget(7, QFormLayout.ItemRole.SpanningRole, self.preview)

        self.buttons = QDialogButtonBox(CourseDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.form.setWidget(8, QFormLayout.ItemRole.SpanningRole, self.buttons)

#if QT_CONFIG(shortcut)
        self.nameLabel.setBuddy(self.name)
        self.trackLabel.setBuddy(self.track)
        self.startLabel.setBuddy(self.start)
        self.endLabel.setBuddy(self.end)
        self.schemeLabel.setBuddy(self.scheme)
        self.offLabel.setBuddy(self.daysOff)
        self.extraLabel.setBuddy(self.extraDays)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(CourseDialog)
    # setupUi

    def retranslateUi(self, CourseDialog):
        CourseDialog.setWindowTitle(QCoreApplication.translate("CourseDialog", u"\uc0c8 \uad50\uc721\uacfc\uc815", None))
        self.nameLabel.setText(QCoreApplication.translate("CourseDialog", u"\uacfc\uc815 \uc774\ub984(&N)", None))
        self.trackLabel.setText(QCoreApplication.translate("CourseDialog", u"\ud2b8\ub799(&T)", None))
        self.startLabel.setText(QCoreApplication.translate("CourseDialog", u"\uc2dc\uc791\uc77c(&S)", None))
        self.start.setDisplayFormat(QCoreApplication.translate("CourseDialog", u"yyyy. M. d.", None))
        self.endLabel.setText(QCoreApplication.translate("CourseDialog", u"\uc885\ub8cc\uc77c(&E)", None))
        self.end.setDisplayFormat(QCoreApplication.translate("CourseDialog", u"yyyy. M. d.", None))
        self.schemeLabel.setText(QCoreApplication.translate("CourseDialog", u"\uc218\ub2f9 \uae30\uc900(&A)", None))
        self.offLabel.setText(QCoreApplication.translate("CourseDialog", u"\uc26c\ub294 \ub0a0(&O)", None))
        self.daysOff.setPlaceholderText(QCoreApplication.translate("CourseDialog", u"2026-08-14, 2026-08-20", None))
        self.extraLabel.setText(QCoreApplication.translate("CourseDialog", u"\ub354\ud558\ub294 \ub0a0(&X)", None))
        self.extraDays.setPlaceholderText(QCoreApplication.translate("CourseDialog", u"2026-08-22", None))
    # retranslateUi

