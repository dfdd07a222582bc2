# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'shell.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QLabel, QMainWindow,
    QPushButton, QSizePolicy, QSpacerItem, QStackedWidget,
    QVBoxLayout, QWidget)

from regional_desk.desktop.search import SearchBox
class Ui_Shell(object):
    def setupUi(self, Shell):
        if not Shell.objectName():
            Shell.setObjectName(u"Shell")
        self.whole = QWidget(Shell)
        self.whole.setObjectName(u"whole")
        self.lines = QVBoxLayout(self.whole)
        self.lines.setSpacing(0)
        self.lines.setObjectName(u"lines")
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.topbar = QWidget(self.whole)
        self.topbar.setObjectName(u"topbar")
        self.top = QHBoxLayout(self.topbar)
        self.top.setSpacing(8)
        self.top.setObjectName(u"top")
        self.top.setContentsMargins(16, 8, 16, 8)
        self.office = QLabel(self.topbar)
        self.office.setObjectName(u"office")

        self.top.addWidget(self.office)

        self.practice = QLabel(self.topbar)
        self.practice.setObjectName(u"practice")

        self.top.addWidget(self.practice)

        self.beforeSearch = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.top.addItem(self.beforeSearch)

        self.search = SearchBox(self.topbar)
        self.search.setObjectName(u"search")

        self.top.addWidget(self.search)

        self.afterSearch = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.top.addItem(self.afterSearch)

        self.who = QLabel(self.topbar)
        self.who.setObjectName(u"who")

        self.top.addWidget(self.who)

        self.guests = QPushButton(self.topbar)
        self.guests.setObjectName(u"guests")
        self.guests.setCheckable(True)

        self.top.addWidget(self.guests)

        self.lock = QPushButton(self.topbar)
        self.lock.setObjectName(u"lock")

        self.top.addWidget(self.lock)

        self.top.setStretch(2, 1)
        self.top.setStretch(3, 4)
        self.top.setStretch(4, 1)

        self.lines.addWidget(self.topbar)

        self.middle = QHBoxLayout()
        self.middle.setSpacing(0)
        self.middle.setObjectName(u"middle")
        self.navigation = QWidget(self.whole)
        self.navigation.setObjectName(u"navigation")
        self.subjects = QVBoxLayout(self.navigation)
        self.subjects.setSpacing(2)
        self.subjects.setObjectName(u"subjects")
        self.subjects.setContentsMargins(8, 10, 8, 10)
        self.below = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.subjects.addItem(self.below)


        self.middle.addWidget(self.navigation)

        self.stack = QStackedWidget(self.whole)
        self.stack.setObjectName(u"stack")

        self.middle.addWidget(self.stack)

        self.middle.setStretch(1, 1)

        self.lines.addLayout(self.middle)

        self.statusbar = QWidget(self.whole)
        self.statusbar.setObjectName(u"statusbar")
        self.bottom = QHBoxLayout(self.statusbar)
        self.bottom.setSpacing(16)
        self.bottom.setObjectName(u"bottom")
        self.bottom.setContentsMargins(16, 3, 16, 3)
        self.saved = QLabel(self.statusbar)
        self.saved.setObjectName(u"saved")

        self.bottom.addWidget(self.saved)

        self.backup = QLabel(self.statusbar)
        self.backup.setObjectName(u"backup")

        self.bottom.addWidget(self.backup)

        self.beforeWork = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.bottom.addItem(self.beforeWork)

        self.work = QLabel(self.statusbar)
        self.work.setObjectName(u"work")

        self.bottom.addWidget(self.work)

        self.cancel = QPushButton(self.statusbar)
        self.cancel.setObjectName(u"cancel")

        self.bottom.addWidget(self.cancel)

        self.scheme = QPushButton(self.statusbar)
        self.scheme.setObjectName(u"scheme")

        self.bottom.addWidget(self.scheme)

        self.percent = QPushButton(self.statusbar)
        self.percent.setObjectName(u"percent")

        self.bottom.addWidget(self.percent)


        self.lines.addWidget(self.statusbar)

        Shell.setCentralWidget(self.whole)

        self.retranslateUi(Shell)
    # setupUi

    def retranslateUi(self, Shell):
        self.practice.setText(QCoreApplication.translate("Shell", u"\uc5f0\uc2b5\uc6a9 \u2014 \uc2e4\uc81c \uc790\ub8cc\uac00 \uc544\ub2d9\ub2c8\ub2e4", None))
        self.search.setPlaceholderText(QCoreApplication.translate("Shell", u"\ucc3e\uae30 \u2014 \uc774\ub984\u00b7\ucd08\uc131\u00b7\ub4a4 4\uc790\ub9ac\u00b7\uae30\uc5c5\u00b7\ud654\uba74   Ctrl+K", None))
#if QT_CONFIG(accessibility)
        self.search.setAccessibleName(QCoreApplication.translate("Shell", u"\ucc3e\uae30", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.who.setAccessibleName(QCoreApplication.translate("Shell", u"\uc0ac\uc6a9\uc790", None))
#endif // QT_CONFIG(accessibility)
        self.guests.setText(QCoreApplication.translate("Shell", u"\uc190\ub2d8 \ubaa8\ub4dc", None))
#if QT_CONFIG(tooltip)
        self.guests.setToolTip(QCoreApplication.translate("Shell", u"\uc774\ub984\u00b7\uc5f0\ub77d\ucc98\u00b7\uacc4\uc88c\ub97c \uac00\ub9bd\ub2c8\ub2e4 (Ctrl+Shift+G)", None))
#endif // QT_CONFIG(tooltip)
        self.lock.setText(QCoreApplication.translate("Shell", u"\uc7a0\uae08", None))
#if QT_CONFIG(tooltip)
        self.lock.setToolTip(QCoreApplication.translate("Shell", u"Ctrl+L", None))
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.navigation.setAccessibleName(QCoreApplication.translate("Shell", u"\ud654\uba74 \uace0\ub974\uae30", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.saved.setAccessibleName(QCoreApplication.translate("Shell", u"\uc800\uc7a5 \uc0c1\ud0dc", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.backup.setAccessibleName(QCoreApplication.translate("Shell", u"\ub9c8\uc9c0\ub9c9 \ubc31\uc5c5", None))
#endif // QT_CONFIG(accessibility)
        self.work.setText(QCoreApplication.translate("Shell", u"\uc9c4\ud589 \uc911\uc778 \uc77c \uc5c6\uc74c", None))
#if QT_CONFIG(accessibility)
        self.work.setAccessibleName(QCoreApplication.translate("Shell", u"\uc9c4\ud589 \uc911\uc778 \uc77c", None))
#endif // QT_CONFIG(accessibility)
        self.cancel.setText(QCoreApplication.translate("Shell", u"\uba48\ucda4", None))
#if QT_CONFIG(tooltip)
        self.cancel.setToolTip(QCoreApplication.translate("Shell", u"\uc9c4\ud589 \uc911\uc778 \uc77c\uc744 \ub2e4\uc74c \ub2e8\uacc4\uc5d0\uc11c \uba48\ucda5\ub2c8\ub2e4", None))
#endif // QT_CONFIG(tooltip)
        self.scheme.setText(QCoreApplication.translate("Shell", u"\ubc1d\uac8c/\uc5b4\ub461\uac8c", None))
#if QT_CONFIG(tooltip)
        self.percent.setToolTip(QCoreApplication.translate("Shell", u"\uae00\uc790 \ud06c\uae30 (Ctrl+ = \ud06c\uac8c, Ctrl+ - \uc791\uac8c)", None))
#endif // QT_CONFIG(tooltip)
        pass
    # retranslateUi

