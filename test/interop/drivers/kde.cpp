// The calls that KMail's invitation plugin and KOrganizer make of the KDE libraries, by command line.
//   kde list CALENDAR
//   kde receive CALENDAR LETTER.ics
//   kde reply CALENDAR LETTER.ics ADDRESS accept|tentative|decline OUT.eml
//   kde counter CALENDAR LETTER.ics ADDRESS SECONDS OUT.eml          (SECONDS: how far the event is moved)
#include <KCalendarCore/Event>
#include <KCalendarCore/FileStorage>
#include <KCalendarCore/ICalFormat>
#include <KCalendarCore/MemoryCalendar>
#include <KCalendarCore/ScheduleMessage>
#include <KMime/Content>
#include <KMime/Message>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>
#include <QTimeZone>

using namespace KCalendarCore;

static QTextStream out(stdout);

static QString contentOf(const QString &name)
{
    QFile file(name);
    file.open(QIODevice::ReadOnly);
    return QString::fromUtf8(file.readAll());
}

static KMime::Content *part(const char *type, const QString &text, const char *method)
{
    auto *content = new KMime::Content;
    auto *disposition = new KMime::Headers::ContentDisposition;
    disposition->setDisposition(method ? KMime::Headers::CDattachment : KMime::Headers::CDinline);
    content->contentType()->setMimeType(type);
    content->contentType()->setCharset("utf-8");
    if (method) {
        content->contentType()->setName(QStringLiteral("cal.ics"), "utf-8");
        content->contentType()->setParameter(QStringLiteral("method"), QString::fromLatin1(method));
    }
    content->setHeader(disposition);
    content->contentTransferEncoding()->setEncoding(KMime::Headers::CEquPr);
    content->setBody(KMime::CRLFtoLF(text.toUtf8()));
    return content;
}

static void writeMail(const QString &name, const QString &from, const QString &to, const QString &subject,
                      const QString &calendar, const char *method)
{
    KMime::Message mail;
    mail.subject()->fromUnicodeString(subject, "utf-8");
    mail.to()->fromUnicodeString(to, "utf-8");
    mail.from()->fromUnicodeString(from, "utf-8");
    mail.date()->setDateTime(QDateTime::currentDateTime());
    mail.contentType()->setMimeType("multipart/mixed");
    mail.contentType()->setBoundary(KMime::multiPartBoundary());
    mail.contentType()->setCategory(KMime::Headers::CCcontainer);
    mail.addContent(part("text/plain", QStringLiteral("See the attached calendar."), nullptr));
    mail.addContent(part("text/calendar", calendar, method));
    mail.assemble();
    mail.messageID()->generate("kde.test");
    mail.assemble();
    QFile file(name);
    file.open(QIODevice::WriteOnly);
    file.write(mail.encodedContent(true));
}

static void apply(const MemoryCalendar::Ptr &calendar, const ScheduleMessage::Ptr &message)
{
    const auto event = message->event().dynamicCast<Event>();
    const auto known = calendar->event(event->uid());
    if (known)
        calendar->deleteEvent(known);
    if (message->method() != iTIPCancel)
        calendar->addEvent(event);
}

static QString reply(ICalFormat &format, const MemoryCalendar::Ptr &calendar, const Event::Ptr &event,
                     const QString &address, const QString &answer)
{
    const auto status = answer == "accept" ? Attendee::Accepted
        : answer == "decline"              ? Attendee::Declined
                                           : Attendee::Tentative;
    Attendee me;
    for (const auto &each : event->attendees())
        if (each.email().compare(address, Qt::CaseInsensitive) == 0)
            me = each;
    const Attendee answered(me.name(), address, true, status, me.role(), me.uid());
    event->clearAttendees();
    event->addAttendee(answered);
    const auto known = calendar->event(event->uid());
    if (known) {
        known->clearAttendees();
        known->addAttendee(answered);
    }
    return format.createScheduleMessage(event, iTIPReply);
}

static QString counter(ICalFormat &format, const Event::Ptr &event, qint64 seconds)
{
    const Event::Ptr moved(event->clone());
    moved->setDtStart(event->dtStart().addSecs(seconds));
    moved->setDtEnd(event->dtEnd().addSecs(seconds));
    return format.createScheduleMessage(moved, iTIPCounter);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const auto given = app.arguments();
    const auto command = given.value(1);
    MemoryCalendar::Ptr calendar(new MemoryCalendar(QTimeZone::systemTimeZone()));
    FileStorage storage(calendar, given.value(2));
    if (QFile::exists(given.value(2)))
        storage.load();
    if (command == "list") {
        for (const auto &event : calendar->events())
            out << event->uid() << "\t" << event->dtStart().toUTC().toString(Qt::ISODate) << "\t"
                << (event->attendees().isEmpty() ? -1 : int(event->attendees().first().status())) << "\t"
                << event->summary() << "\n";
        return 0;
    }
    ICalFormat format;
    MemoryCalendar::Ptr empty(new MemoryCalendar(QTimeZone::systemTimeZone()));
    const auto message = format.parseScheduleMessage(empty, contentOf(given.value(3)));
    if (!message)
        return 1;
    const auto event = message->event().dynamicCast<Event>();
    const auto organizer = event->organizer().fullName();
    const auto address = given.value(4);
    if (command == "receive")
        apply(calendar, message);
    else if (command == "reply")
        writeMail(given.value(6), address, organizer, "Answer: " + event->summary(),
                  reply(format, calendar, event, address, given.value(5)), "reply");
    else
        writeMail(given.value(6), address, organizer, event->summary(),
                  counter(format, event, given.value(5).toLongLong()), "request");
    return storage.save() ? 0 : 1;
}
