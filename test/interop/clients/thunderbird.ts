// Thunderbird without a screen: a letter is put into the inbox and opened, the buttons of the invitation bar are
// clicked, and its calendar is read.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import { check } from '../check';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { guestName } from '../meeting';
import type { Click, Entry, Seat } from '../seat';
import { acceptWalk, strangerWalk, walks } from '../walk';
import { Marionette } from './marionette';
import { heldAt, startRadicale } from './radicale';

const home = '/var/tmp/thunderbird';
const accounts = ['gil@thunderbird.test', 'gil@second.test'] as const;

export const thunderbird: Program = {
  name: 'thunderbird',
  kind: 'client',
  packages: ['thunderbird'],
  minutes: 5,
  notes:
    'The calendar part in 8bit and again as application/ics; our DESCRIPTION with the link is echoed; no User-Agent, ' +
    'CREATED or In-Reply-To; RSVP is dropped, CUTYPE, ROLE and CN stay.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const window = await open(lab, Number(port));
      try {
        const seat = new Window(lab, window, sink, accounts[0]);
        await walks(lab, seat, { afterUpdate: 'moved by the answer' });
        const second = new Window(lab, window, sink, accounts[1]);
        await acceptWalk(lab, second, { what: 'second account' });
        second.answersAs = 'the offered account';
        await strangerWalk(lab, second, accounts[0]);
      } finally {
        window.close();
      }
    }),
};

/** The same with its calendar in Radicale, where its events are then looked for. */
export const thunderbirdWithRadicale: Program = {
  name: 'thunderbird-radicale',
  kind: 'client',
  packages: ['thunderbird', 'radicale'],
  minutes: 4,
  notes: 'Thunderbird with a CalDAV calendar: its events are put into the store when they are answered.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const url = await startRadicale(lab);
      const window = await open(lab, Number(port));
      try {
        await window.run(useCalDav(`${url}/`));
        const seat = new Window(lab, window, sink, accounts[0]);
        seat.calendar = () => heldAt(url);
        await walks(lab, seat, { afterUpdate: 'moved by the answer' });
      } finally {
        window.close();
      }
    }),
};

async function open(lab: Lab, smtpPort: number): Promise<Marionette> {
  const port = await freePort();
  const settings = readFileSync(driver('thunderbird-user.js'), 'utf8')
    .replaceAll('EMAIL', accounts[0])
    .replaceAll('SECOND', accounts[1])
    .replaceAll('NAME', guestName)
    .replaceAll('SMTP_PORT', String(smtpPort))
    .replaceAll('MARIONETTE_PORT', String(port));
  await lab.root.sh(
    `rm -rf ${home}; mkdir -p ${home}/profile/Mail/{127.0.0.1,second} "${home}/profile/Mail/Local Folders"`,
  );
  lab.root.write(`${home}/profile/user.js`, settings);
  const flags = '--headless --marionette -remote-allow-system-access --no-remote';
  lab.root.spawn(['bash', '-c', `thunderbird ${flags} --profile ${home}/profile </dev/null >${home}/log 2>&1`], {
    env: { HOME: home, MOZ_HEADLESS: '1' },
  });
  const ready = eventually('Marionette listens', () => lab.root.read(`${home}/log`).includes('Listening on port'), {
    timeoutMs: 90_000,
    everyMs: 500,
  });
  await ready.catch(() => {
    throw new CannotRun(`it does not start: ${lab.root.read(`${home}/log`).slice(-600)}`);
  });
  const marionette = await Marionette.open(port);
  await eventually('the main window is there', () => marionette.run<boolean>(`${prelude} return !!tabmail;`), {
    timeoutMs: 60_000,
    everyMs: 500,
  });
  return marionette;
}

const prelude = `
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
  globalThis.timers ??= [];
  const sleep = (ms) => new Promise((resolve) => {
    const timer = Cc["@mozilla.org/timer;1"].createInstance(Ci.nsITimer);
    timer.initWithCallback(() => resolve(), ms, 0);
    globalThis.timers.push(timer);
  });
  const window = Services.wm.getMostRecentWindow("mail:3pane");
  const tabmail = window?.document.getElementById("tabmail");
  const inbox = (email) => MailServices.accounts.accounts
    .find(({ identities }) => identities.some((each) => each.email === email))
    .incomingServer.rootFolder.getChildNamed("Inbox");
  const bar = () => tabmail.currentTabInfo.chromeBrowser.contentWindow.document;
  const items = async () => {
    const found = [];
    for (const calendar of cal.manager.getCalendars())
      found.push(...(await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null)));
    return found;
  };
`;

/** A calendar at this URL in place of the profile's own, with a password that was kept. */
const useCalDav = (url: string): string => `${prelude}
  const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
  login.init(${JSON.stringify(new URL(url).origin)}, null, "Radicale - Password Required", "gil", "x", "", "");
  await Services.logins.addLoginAsync(login);
  const [own] = cal.manager.getCalendars();
  const calendar = cal.manager.createCalendar("caldav", Services.io.newURI(${JSON.stringify(url)}));
  calendar.name = "Radicale";
  calendar.setProperty("username", "gil");
  cal.manager.registerCalendar(calendar);
  calendar.setProperty("imip.identity.key", "id1");
  cal.manager.unregisterCalendar(own);
  for (let n = 0; n < 120 && calendar.getProperty("currentStatus") !== 0; n += 1) await sleep(250);
  await sleep(3000);`;

const buttons: Record<Click, string> = {
  accept: 'imipAcceptButton',
  tentative: 'imipTentativeButton',
  decline: 'imipDeclineButton',
};
const partstats: Record<Click, string> = { accept: 'ACCEPTED', tentative: 'TENTATIVE', decline: 'DECLINED' };

class Window implements Seat {
  /** Where it asks as whom to answer, since the calendar belongs to another account than the invited one. */
  answersAs: 'the invited account' | 'the offered account' = 'the invited account';
  private answered = false;

  constructor(
    private readonly lab: Lab,
    private readonly marionette: Marionette,
    private readonly sink: SmtpSink,
    readonly email: (typeof accounts)[number],
  ) {}

  /** Opens it; where the bar offers to update or to remove the event, the person does so. */
  async receive(letter: Buffer): Promise<void> {
    this.lab.root.write(`${home}/letter.eml`, letter);
    const shown = await this.marionette.run<string[]>(`${prelude}
      const folder = inbox(${JSON.stringify(this.email)});
      const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
      file.initWithPath(${JSON.stringify(this.lab.root.path(`${home}/letter.eml`))}.replace(/^.*\\/root\\/var/, "/var"));
      const key = await new Promise((resolve, reject) => {
        let known = -1;
        MailServices.copy.copyFileMessage(file, folder, null, false, 0, "", {
          QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
          onStartCopy() {}, onProgress() {}, setMessageKey(each) { known = each; }, getMessageId() { return null; },
          onStopCopy(status) { status === 0 ? resolve(known) : reject(new Error("copy " + status)); },
        }, null);
      });
      await sleep(500);
      tabmail.closeOtherTabs(tabmail.tabInfo[0]);
      const messageURI = folder.getUriForMsg(folder.GetMessageHeader(key));
      tabmail.openTab("mailMessageTab", { messageURI, background: false });
      for (let n = 0; n < 60; n += 1) {
        await sleep(250);
        const found = bar()?.getElementById("imip-bar");
        if (found && !found.collapsed && !found.hidden) break;
      }
      await sleep(1500);
      const shown = [...bar().querySelectorAll("[id^=imip]")]
        .filter((each) => each.localName.includes("button") && !each.hidden && !each.collapsed);
      return [bar().querySelector("#imip-bar .msgNotificationBarText")?.textContent ?? "", ...shown.map(({ id }) => id)];`);
    this.lab.say(`its bar: ${shown.join(' · ')}`);
    this.answered = false;
    const removes = shown.find((id) => id === 'imipDeleteButton');
    if (removes) await this.press(removes);
  }

  async click(click: Click): Promise<Buffer[]> {
    const before = this.sink.mails.length;
    const visible = await this.marionette.run<boolean>(`${prelude}
      const button = bar().getElementById(${JSON.stringify(buttons[click])});
      return !!button && !button.hidden && !button.collapsed;`);
    if (visible) await this.press(buttons[click]);
    // After an answer it shows no button for another one.
    else if (this.answered) await this.changeMind(partstats[click]);
    else throw new Error(`it has no button to ${click}`);
    this.answered = true;
    await eventually('it sends its answer', () => this.sink.mails.length > before, { timeoutMs: 15_000 }).catch(
      () => undefined,
    );
    return this.sink.mails.slice(before).map(({ raw }) => raw);
  }

  async calendar(): Promise<Entry[]> {
    const found = await this.marionette.run<
      (Record<'uid' | 'title' | 'partstat' | 'status', string> & { start: number })[]
    >(
      `${prelude} return (await items()).map((item) => ({
        uid: item.id, start: item.startDate.nativeTime / 1000, title: item.title, status: item.status ?? "",
        partstat: (item.getAttendees()[0]?.participationStatus ?? "").toLowerCase() }));`,
    );
    return found.map(({ uid, start, title, partstat, status }) => ({
      uid,
      start: new Date(start),
      title,
      partstat,
      cancelled: status === 'CANCELLED',
    }));
  }

  private async press(id: string): Promise<void> {
    const asked = await this.marionette.run<string>(`${prelude}
      let asked = "";
      const timer = Cc["@mozilla.org/timer;1"].createInstance(Ci.nsITimer);
      timer.initWithCallback(() => {
        for (const dialog of Services.wm.getEnumerator(null)) {
          if (!dialog.location.href.includes("itip-identity-dialog") || dialog.document.readyState !== "complete") continue;
          const menu = dialog.document.querySelector("menulist");
          const choices = [...menu.querySelectorAll("menuitem")];
          asked = choices.map((each) => each.label).join(", ");
          const mine = choices.find((each) => each.label.includes(${JSON.stringify(this.email)}));
          if (mine && ${this.answersAs === 'the invited account'}) menu.selectedItem = mine;
          dialog.document.querySelector("dialog").acceptDialog();
        }
      }, 500, Ci.nsITimer.TYPE_REPEATING_SLACK);
      const button = bar().getElementById(${JSON.stringify(id)});
      if (button.click) button.click(); else button.doCommand();
      await sleep(3000);
      timer.cancel();
      return asked;`);
    if (this.email === accounts[0] || id !== buttons.accept) return;
    const offered = accounts.map((each) => `${guestName} <${each}>`).join(', ');
    this.lab.checks.push(
      check('it asks which account answers, and offers the other one first', asked === offered, asked),
    );
  }

  /** What the calendar's own menu does where the letter was answered before. */
  private async changeMind(partstat: string): Promise<void> {
    const uid = JSON.stringify(this.email);
    await this.marionette.run(`${prelude}
      const item = (await items()).at(-1);
      const changed = item.clone();
      const me = changed.getAttendees().find(({ id }) => id.toLowerCase().endsWith(${uid}));
      changed.removeAttendee(me);
      const answered = me.clone();
      answered.participationStatus = ${JSON.stringify(partstat)};
      changed.addAttendee(answered);
      window.doTransaction("modify", changed, changed.calendar, item, null, { responseMode: Ci.calIItipItem.AUTO });
      await sleep(3000);`);
  }
}
