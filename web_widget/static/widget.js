/**
 * <enquiry-chat>, described in docs/embedding.md: one file, no dependency, no build. No markup is
 * parsed and the style sheet is adopted: it runs under `default-src 'self'` and Trusted Types.
 */

/* words */

export const STRINGS = {
  en: {
    title: 'Ask a question',
    about: 'This is an automated service, not a person. It quotes published guidance. Check the sources before you act.',
    label: 'Your question',
    hint: 'Do not include personal details, such as your name or National Insurance number.',
    keep: 'Questions are kept for a limited time to give answers, without the personal details that are found. You can delete them at any time.', privacy: 'Privacy notice',
    send: 'Send', close: 'Close', latest: 'Go to the latest answer',
    erase: 'Delete this conversation', sure: 'Delete your questions and the answers for good?',
    eraseYes: 'Yes, delete', eraseNo: 'No, keep', erased: 'Your conversation has been deleted.',
    you: 'You asked', answer: 'Answer', sources: 'Sources', cite: 'Source {n}: {title}',
    applies: 'Applies to: {nations}', updated: 'Updated {date}', quoted: 'Quoted words',
    newTab: '(opens in new tab)', near: 'Pages that may help', ask: 'You can also ask', choose: 'Choose one',
    checking: 'Checking your question', searching: 'Looking for an answer', writing: 'Writing the answer',
    verifying: 'Checking the answer', still: 'Still working on your answer',
    done: 'Answer ready.', ready: '{title}, answer ready', above: '{title}: {n} above.',
    kept: 'Personal details were removed. This is what was kept.',
    withdrawn: 'The first version of this answer has been replaced because it did not pass a later check.',
    fresh: 'The earlier conversation had expired. This question starts a new one.',
    problem: 'There is a problem', error: 'Error', again: 'Try again',
    empty: 'Enter a question', long: 'Your question must be {n} characters or fewer',
    refused: 'The service could not use this question. Make it shorter, then try again.',
    offline: 'You are offline. Your question is still here. Try again when you are connected.',
    server: 'Sorry, there is a problem with the service. Your question is still here. Try again later.',
    starting: 'The service is starting. Your question is still here. Try again in a few seconds.',
    rate: 'You have asked a lot of questions in a short time. Wait {n} {unit}, then try again.', units: 'seconds minutes hours',
    busy: 'Wait for the answer before you ask again.', lost: 'Connection lost. Reconnecting.',
    notErased: 'The conversation could not be deleted. Try again later.',
    left: 'You have {n} characters remaining', left1: 'You have 1 character remaining',
    over: 'You have {n} characters too many', over1: 'You have 1 character too many',
    useful: 'Is this answer useful?', yes: 'Yes', no: 'No', why: 'What was wrong with it?',
    thanks: 'Thank you for your feedback.', notSent: 'Your feedback could not be sent. Try again later.',
    wrong: 'It is wrong', unclear: 'It is hard to understand', not_my_question: 'It does not answer my question',
    too_long: 'It is too long', other: 'Something else',
    england: 'England', scotland: 'Scotland', wales: 'Wales', 'northern-ireland': 'Northern Ireland', uk: 'the whole UK',
    inEn: 'In English', inCy: 'In Welsh',
    months: 'January February March April May June July August September October November December',
  },
  cy: {
    title: 'Gofyn cwestiwn',
    about: 'Gwasanaeth awtomataidd yw hwn, nid person. Mae’n dyfynnu canllawiau cyhoeddedig. Gwiriwch y ffynonellau cyn gweithredu.',
    label: 'Eich cwestiwn',
    hint: 'Peidiwch â chynnwys manylion personol, fel eich enw neu eich rhif Yswiriant Gwladol.',
    keep: 'Cedwir cwestiynau am gyfnod cyfyngedig er mwyn rhoi atebion, heb y manylion personol y deuir o hyd iddynt. Gallwch eu dileu ar unrhyw adeg.', privacy: 'Hysbysiad preifatrwydd',
    send: 'Anfon', close: 'Cau', latest: 'Mynd i’r ateb diweddaraf',
    erase: 'Dileu’r sgwrs hon', sure: 'Dileu eich cwestiynau a’r atebion am byth?',
    eraseYes: 'Ie, dileu', eraseNo: 'Na, cadw', erased: 'Mae eich sgwrs wedi’i dileu.',
    you: 'Eich cwestiwn chi', answer: 'Ateb', sources: 'Ffynonellau', cite: 'Ffynhonnell {n}: {title}',
    applies: 'Yn berthnasol i: {nations}', updated: 'Diweddarwyd {date}', quoted: 'Y geiriau a ddyfynnir',
    newTab: '(yn agor mewn tab newydd)', near: 'Tudalennau a all helpu', ask: 'Gallwch ofyn hefyd', choose: 'Dewiswch un',
    checking: 'Yn gwirio eich cwestiwn', searching: 'Yn chwilio am ateb', writing: 'Yn ysgrifennu’r ateb',
    verifying: 'Yn gwirio’r ateb', still: 'Yn dal i weithio ar eich ateb',
    done: 'Mae’r ateb yn barod.', ready: '{title}, ateb yn barod', above: '{title}: {n} uchod.',
    kept: 'Tynnwyd manylion personol. Dyma’r hyn a gadwyd.',
    withdrawn: 'Mae fersiwn gyntaf yr ateb hwn wedi’i disodli am na phasiodd wiriad diweddarach.',
    fresh: 'Roedd y sgwrs flaenorol wedi dod i ben. Mae’r cwestiwn hwn yn dechrau un newydd.',
    problem: 'Mae problem', error: 'Gwall', again: 'Rhoi cynnig arall arni',
    empty: 'Rhowch gwestiwn', long: 'Rhaid i’ch cwestiwn fod yn {n} nod neu lai',
    refused: 'Ni allai’r gwasanaeth ddefnyddio’r cwestiwn hwn. Gwnewch ef yn fyrrach, yna rhowch gynnig arall arni.',
    offline: 'Rydych all-lein. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni pan fyddwch wedi cysylltu.',
    server: 'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni yn nes ymlaen.',
    starting: 'Mae’r gwasanaeth yn dechrau. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni mewn ychydig eiliadau.',
    rate: 'Rydych wedi gofyn llawer o gwestiynau mewn amser byr. Arhoswch {n} {unit}, yna rhowch gynnig arall arni.', units: 'eiliad munud awr',
    busy: 'Arhoswch am yr ateb cyn gofyn eto.', lost: 'Collwyd y cysylltiad. Yn ailgysylltu.',
    notErased: 'Ni ellid dileu’r sgwrs. Rhowch gynnig arall arni yn nes ymlaen.',
    left: 'Mae gennych {n} nod ar ôl', left1: 'Mae gennych 1 nod ar ôl',
    over: 'Mae gennych {n} nod yn ormod', over1: 'Mae gennych 1 nod yn ormod',
    useful: 'Ydy’r ateb hwn yn ddefnyddiol?', yes: 'Ydy', no: 'Nac ydy', why: 'Beth oedd o’i le arno?',
    thanks: 'Diolch am eich adborth.', notSent: 'Ni ellid anfon eich adborth. Rhowch gynnig arall arni yn nes ymlaen.',
    wrong: 'Mae’n anghywir', unclear: 'Mae’n anodd ei ddeall', not_my_question: 'Nid yw’n ateb fy nghwestiwn',
    too_long: 'Mae’n rhy hir', other: 'Rhywbeth arall',
    england: 'Lloegr', scotland: 'Yr Alban', wales: 'Cymru', 'northern-ireland': 'Gogledd Iwerddon', uk: 'y DU gyfan',
    inEn: 'Yn Saesneg', inCy: 'Yn Gymraeg',
    months: 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr',
  },
};

/** Put values into a text. */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));

/** The address when it is http or https, else null. */
export function safeUrl(raw, base) {
  try {
    const url = new URL(String(raw), base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch { return null; }
}

const URGENT = /^redirect_(crisis|emergency)/;

/** What a screen reader says, help first: [language, sentence], no citation marks. */
export function spoken(answer, t, locale) {
  const own = answer.language; const end = helpEnd(answer); const said = [];
  const say = (lang, ...texts) => {
    for (const text of texts) if (text) said.push([lang, text.trim().replace(/([^.:;!?])$/, '$1.')]);
  };
  const count = (title, { length: n }) => n && say(locale, fill(t.above, { title, n }));
  const words = (from, to) => answer.blocks.slice(from, to).forEach((b, i) => {
    say(own, frameOf(b, answer.blocks[from + i - 1]));
    say(b.language || own, b.text, ...b.items, ...b.rows.map((row) => row.map((cell, k) => (b.headers[k] ? `${b.headers[k]}: ` : '') + cell).join(', ')));
  });
  say(locale, t.done); words(0, end);
  say(own, ...answer.notices.map((n) => n.text)); words(end);
  count(t.sources, answer.citations); count(t.near, answer.nearest_pages); count(titleOf(answer, t), answer.follow_ups);
  return said;
}

/** Where words are from, unless said before. */
const frameOf = (block, before) => (block.frame === before?.frame ? '' : block.frame);
const titleOf = (answer, t) => (answer.status === 'clarification' ? t.choose : t.ask);

/** How many blocks say whom to call; what follows is headed by a notice. */
function helpEnd(answer) {
  if (!URGENT.test(answer.status)) return 0;
  const next = answer.blocks.findIndex((b, i) => i && b.kind === 'notice');
  return next < 0 ? answer.blocks.length : next;
}

/* service */

const PATIENCE = 40_000; // 2.5 heartbeats of the service
const PAUSES = [500, 1000, 2000];
const STREAM = 'text/event-stream';
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A failure told to the citizen in the text called `word`. */
export class Told extends Error {
  constructor(word, values) { super(word); this.word = word; this.values = values; }
}

/** Server-sent events; throws when not even a heartbeat comes for too long. */
export async function* events(body, patience = PATIENCE) {
  const reader = body.getReader(); const decoder = new TextDecoder();
  let text = ''; let event = { id: '', event: 'message', data: '' };
  try {
    for (;;) {
      let timer;
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('silence')), patience); });
      const { value, done } = await Promise.race([reader.read(), late]).finally(() => clearTimeout(timer));
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end; (end = /\r\n|\n|\r(?!$)/.exec(text));) {
        const line = text.slice(0, end.index); text = text.slice(end.index + end[0].length);
        const [, name, said] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        if (!line && event.data) yield event;
        if (!line) event = { id: event.id, event: 'message', data: '' };
        else if (name === 'data') event.data += (event.data && '\n') + said;
        else if (name === 'id' || name === 'event') event[name] = said;
      }
    }
  } finally { reader.cancel().catch(() => {}); }
}

/** Knows nothing of the page. */
export class Service {
  key = null;
  #plain = false;
  #seen = new Set(); // ids of answers
  #had = new Set(); // ids of events
  constructor(address, setting) {
    this.address = address; this.setting = setting; this.store = `enquiry-chat ${address}`;
    try { this.key = JSON.parse(sessionStorage.getItem(this.store) ?? 'null'); } catch { /* storage is blocked */ }
  }
  #fetch(path, method = 'GET', body = undefined, extra = {}) {
    const headers = { ...extra };
    if (body) headers['Content-Type'] = 'application/json';
    if (this.key && path.startsWith('/v1/conversations/')) headers.Authorization = `Bearer ${this.key.token}`;
    return fetch(this.address + path, { method, headers, body: body && JSON.stringify(body), credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  }

  get #path() { return `/v1/conversations/${encodeURIComponent(this.key?.conversation_id ?? '')}`; }

  #forget() {
    this.key = null;
    try { sessionStorage.removeItem(this.store); } catch { /* storage is blocked: nothing was kept */ }
  }
  #told(reply) {
    const wait = Number(reply.headers.get('Retry-After')) || 30;
    const words = { 409: 'busy', 413: 'refused', 422: 'refused', 429: 'rate', 503: 'starting' };
    const size = wait < 100 ? 0 : wait < 5400 ? 1 : 2;
    return new Told(words[reply.status] ?? 'server', { n: Math.ceil(wait / 60 ** size), size });
  }

  async #begin() {
    const { locale, nation } = this.setting;
    const reply = await this.#fetch('/v1/conversations', 'POST', { locale, nation });
    if (!reply.ok) throw this.#told(reply);
    const { conversation_id, token } = await reply.json();
    this.key = { conversation_id, token };
    try { sessionStorage.setItem(this.store, JSON.stringify(this.key)); } catch { /* storage is blocked: it ends with the page */ }
  }

  async transcript() {
    if (!this.key) return [];
    const reply = await this.#fetch(this.#path);
    if (reply.status === 401 || reply.status === 404) this.#forget();
    if (!reply.ok) return [];
    const { exchanges } = await reply.json();
    for (const { answer } of exchanges) this.#seen.add(answer.answer_id);
    return exchanges.map((e) => ({ question: e.question, answer: e.answer }));
  }

  /** False when it could not be done. */
  async erase() {
    if (!this.key) return true;
    const reply = await this.#fetch(this.#path, 'DELETE').catch(() => null);
    const gone = Boolean(reply && (reply.ok || reply.status === 404 || reply.status === 401));
    if (gone) this.#forget();
    return gone;
  }
  async feedback(answerId, useful, reason) {
    const reply = await this.#fetch(`/v1/answers/${encodeURIComponent(answerId)}/feedback`, 'POST', { useful, reason }).catch(() => null);
    return Boolean(reply?.ok);
  }

  /**
   * Yield the service's events and our own: `fresh` (a new conversation), `lost` (the connection).
   * Streams and resumes; then asks for JSON in the conversation, at last without one.
   */
  async* ask(question, history) {
    if (this.setting.publisher) { yield await this.#askOnce(question, history); return; }
    const once = crypto.getRandomValues(new Uint32Array(4)).join('-');
    let answered = false;
    try {
      if (!this.key) await this.#begin();
      for await (const event of this.#plain ? [] : this.#follow(question, once)) {
        answered ||= event.event === 'answer';
        yield event;
      }
      if (answered) return;
      this.#plain = true;
      const reply = await this.#fetch(`${this.#path}/messages`, 'POST', { message: question }, { 'Idempotency-Key': once });
      if (reply.ok) { yield { event: 'answer', data: this.#noted(await reply.json()) }; return; }
      if (![404, 409, 500, 502, 504].includes(reply.status)) throw this.#told(reply);
    } catch (error) {
      if (answered) return;
      if (error instanceof Told && error.word !== 'server') throw error;
    }
    yield await this.#askOnce(question, history);
  }
  async #askOnce(question, history) {
    const { locale, nation, publisher } = this.setting;
    const reply = await this.#fetch('/v1/ask', 'POST', { question, history, locale, nation, publisher: publisher ?? '' });
    if (!reply.ok) throw this.#told(reply);
    return { event: 'answer', data: await reply.json() };
  }

  /** Events, through dropped connections. */
  async* #follow(question, once) {
    let last = ''; let sent = false; let renewed = false;
    for (let attempt = 0; attempt <= PAUSES.length; attempt += 1) {
      if (attempt) { yield { event: 'lost', data: {} }; await pause(PAUSES[attempt - 1]); }
      const reply = await (sent
        ? this.#fetch(`${this.#path}/events`, 'GET', undefined, { Accept: STREAM, 'Last-Event-ID': last })
        : this.#fetch(`${this.#path}/messages`, 'POST', { message: question }, { Accept: STREAM, 'Idempotency-Key': once })
      ).catch(() => null);
      if (reply?.status === 404 && !sent && !renewed) {
        this.#forget(); await this.#begin(); renewed = true; attempt -= 1;
        yield { event: 'fresh', data: {} };
        continue;
      }
      // Its own first try is there to be resumed.
      if (reply?.status === 409 && attempt) { sent = true; continue; }
      if (!reply || (sent && !reply.ok)) { sent = false; continue; }
      if (!reply.ok) throw this.#told(reply);
      if (!reply.body || !reply.headers.get('Content-Type')?.startsWith(STREAM)) return;
      sent = false; // unless the events are those of this question
      try {
        for await (const event of events(reply.body)) {
          if (event.id && this.#had.has(event.id)) continue;
          this.#had.add(event.id); last = event.id;
          const data = JSON.parse(event.data);
          if (event.event === 'error') throw new Told(data.status === 503 ? 'starting' : 'server');
          // An earlier answer: the service lost this question.
          if (event.event === 'answer' && this.#seen.has(data.answer_id)) { sent = false; break; }
          sent = true;
          yield { event: event.event, data: data.answer_id ? this.#noted(data) : data };
          if (event.event === 'answer') attempt = PAUSES.length;
        }
        if (attempt === PAUSES.length) return;
      } catch (error) { if (error instanceof Told) throw error; }
    }
  }
  #noted(answer) { this.#seen.add(answer.answer_id); return answer; }
}

/* view */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter(Boolean));
  return element;
}
const button = (text, onclick) => h('button', { type: 'button', class: 'g', onclick }, text);
const unseen = (text) => h('span', { class: 'v' }, text);

/** Knows nothing of the network. */
class View {
  constructor(t, locale, level) { this.t = t; this.locale = locale; this.head = `h${Math.min(6, level)}`; }
  link(href, ...children) {
    return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children, ' ', unseen(this.t.newTab));
  }
  framed(block, before, ...rest) {
    const frame = frameOf(block, before);
    return [frame && h('p', { class: 'from' }, frame), this.block(block, ...rest)].filter(Boolean);
  }
  block(block, citations, urgent = false) {
    const tongue = block.language ? { lang: block.language, dir: 'auto' } : {};
    const marks = block.citations.map((n) => {
      const source = citations.get(n); const url = safeUrl(source?.deep_link) ?? safeUrl(source?.url);
      if (!url) return null;
      return h('sup', {}, this.link(url, unseen(fill(this.t.cite, { n, title: source.title })), h('span', { 'aria-hidden': 'true' }, `[${n}]`)));
    });
    const words = (text) => (urgent ? callable(text) : [text]);
    if (block.kind === 'list' || block.kind === 'steps') {
      const items = block.items.map((item) => h('li', {}, ...words(item)));
      items.at(-1)?.append(...marks.filter(Boolean));
      return h('div', tongue, block.text && h('p', {}, ...words(block.text)), h(block.kind === 'list' ? 'ul' : 'ol', {}, ...items));
    }
    if (block.kind !== 'table') return h('p', tongue, ...words(block.text), ...marks);
    const head = block.headers.map((cell) => h('th', { scope: 'col' }, cell));
    const rows = block.rows.map((row) => h('tr', {}, ...row.map((cell, i) => h(i ? 'td' : 'th', { scope: i ? null : 'row' }, cell))));
    return h('div', { ...tongue, class: 't', tabindex: 0, role: 'region', 'aria-label': block.text || this.t.answer },
      h('table', {}, h('caption', {}, block.text, ...marks), head.length > 0 && h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows)));
  }
  source(c, folded) {
    const t = this.t; const url = safeUrl(c.deep_link) ?? safeUrl(c.url);
    const names = c.nation.split('+').filter(Boolean).map((n) => t[n] ?? n).join(', ');
    const facts = [
      c.publisher, names && fill(t.applies, { nations: names }),
      c.updated_at && fill(t.updated, { date: this.#date(c.updated_at) }),
      c.locale && c.locale !== this.locale && (c.locale === 'cy' ? t.inCy : t.inEn),
    ].filter(Boolean).join(' · ');
    const part = c.heading_path.filter((heading) => heading !== c.title).join(' › ');
    const title = h('span', { lang: c.locale || null }, c.title, part && `: ${part}`);
    const quote = c.quote && h('blockquote', { lang: c.locale || null }, c.quote);
    return h('li', {}, url ? this.link(url, title) : title, facts && h('div', {}, facts),
      quote && (folded ? h('details', {}, h('summary', {}, t.quoted), quote) : quote));
  }

  /** Browsers know no Welsh months. */
  #date(iso) { const [year, month, day] = iso.split('-'); return `${Number(day)} ${this.t.months.split(' ')[Number(month) - 1]} ${year}`; }

  /** What an answer shows, in reading order: help in a crisis first. */
  answer(answer, ask, erase) {
    const t = this.t; const end = helpEnd(answer);
    const known = new Map(answer.citations.map((c) => [c.number, c]));
    const list = (title, tag, found, folded) => (found.length
      ? [h(this.head, {}, title), h(tag, { class: 's' }, ...found.map((c) => this.source(c, folded)))] : []);
    const unclear = answer.status === 'clarification';
    const away = () => h('div', { lang: this.locale }, button(t.erase, erase));
    const choices = answer.follow_ups.map((q) => h('li', {}, button(q, () => ask(q))));
    const asking = choices.length ? [h('div', { class: 'c' }, h(this.head, {}, titleOf(answer, t)), h('ul', { lang: answer.language }, ...choices))] : [];
    const notices = answer.notices.map((n) => (n.kind === 'help' ? helplines(n.text, answer.language, away()) : h('p', { class: 'note', lang: answer.language }, ...(n.kind === 'contact' ? callable : Array.of)(n.text))));
    const words = (from, to) => (from < to ? [h('div', { class: to === end ? 'alert' : null, lang: answer.language }, ...answer.blocks.slice(from, to).flatMap((b, i) => (
      end && from && !i ? h(this.head, {}, b.text) : this.framed(b, answer.blocks[from + i - 1], known, to === end))), to === end && away())] : []);
    return [
      ...words(0, end), ...notices, ...words(end, answer.blocks.length),
      ...(unclear ? asking : []),
      ...list(t.sources, 'ol', answer.citations, answer.mode === 'extractive'), ...list(t.near, 'ul', answer.nearest_pages),
      ...(unclear ? [] : asking),
    ];
  }
}

/** Numbers and addresses in the service's own words, as links. */
function callable(text) {
  return text.split(/(https?:\/\/\S+|\+44 [\d ]{9,}\d|\b(?:999|111|112|116 \d{3}|0\d{2,4} [\d ]{3,9}\d|[678]\d{4})\b)/).map((piece, i) => (
    i % 2 ? h('a', { target: piece > 'h' && '_blank', href: (piece > 'h' ? '' : /^[678]/.test(piece) ? 'sms:' : 'tel:') + piece.replace(/ /g, '') }, piece) : piece));
}

/** "...: Call 999. Samaritans: call 116 123." as a list. */
function helplines(text, lang, last) {
  const [, lead, lines] = /^([^:]*:)?([^]*)$/.exec(text);
  return h('div', { class: 'alert', lang }, lead && h('p', {}, lead), h('ul', {}, ...lines.trim().split(/\n|(?<=\.) (?=[^.:]+: )/).map((line) => h('li', {}, ...callable(line)))), last);
}

/** One polite live region: texts a second and a half apart, emptied afterwards. */
class Announcer {
  #queue = [];
  #next = 0;
  #timer;
  #empty;
  node = h('div', { class: 'v', role: 'status' });
  /** Say a text in the widget's language, or a list of [language, text]. */
  say(said, fleeting = false) {
    this.#queue = [...this.#queue.filter((item) => !item.fleeting), { said: [said].flat(), fleeting }];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), Math.max(0, this.#next - performance.now()));
  }

  #speak() {
    const item = this.#queue.shift();
    if (!item) return;
    clearTimeout(this.#empty);
    this.node.replaceChildren(...item.said.flatMap((part, i) => (typeof part === 'string' ? part : [i ? ' ' : '', h('span', { lang: part[0] }, part[1])])));
    this.#next = performance.now() + 1500;
    this.#empty = setTimeout(() => { this.node.textContent = ''; }, 20_000);
    if (this.#queue.length) this.#timer = setTimeout(() => this.#speak(), 1500);
  }
}

const CSS = `
:host{display:block}:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}[hidden]{display:none!important}
.o{all:initial;display:block;color:#0b0c0c;font:medium/1.45 var(--enquiry-chat-font,system-ui,"Segoe UI",Roboto,Arial,sans-serif);overflow-wrap:anywhere;text-size-adjust:none}.p,.o>button{font-size:1.125em}
.p{display:block;position:static;width:auto;max-width:none;margin:0;padding:0;color:inherit;background:#fff;border:1px solid #8a949e;border-block-start:.35em solid var(--enquiry-chat-colour,#1d3557)}
h2,h3,h4,h5,h6{font-size:1em;line-height:1.3;margin:1.1em 0 .4em}
p,ul,ol{margin:0 0 .8em}.from,.n,.y,.r,.i,.s div{color:#3c4650}.from,.n,.y,.r,.i,.s{font-size:.9em}.from{margin-block-end:.2em}.l p,caption,blockquote{white-space:pre-line}ul,ol{padding-inline-start:1.4em}ul{list-style:disc}li{margin-block-end:.3em}
.h{display:flex;flex-wrap:wrap;gap:.5em;justify-content:space-between;align-items:center;padding:.9em 1em .2em}
.h>*{margin:0}.h>:first-child{font-size:1.35em}
.n{padding:0 1.11em .9em;margin:0;border-block-end:1px solid #c3cad1}
.l{list-style:none;padding:0;margin:0}.l>li{padding:.3em 1em 1.2em;margin:0;border-block-end:1px solid #c3cad1}
.q{display:block;white-space:pre-wrap}
.r{margin:.4em 0 0}
.note,.alert{border-inline-start:.3em solid #4c6272;background:#f1f4f6;padding:.6em .8em;margin-block-end:.8em}
.alert{border-inline-start-width:.5em;border-color:#a4201a;background:#fdf1f0}
.alert a{font-weight:700;white-space:nowrap}
.t{overflow-x:auto;margin:0 0 .8em;overflow-wrap:normal}table{border-collapse:collapse}caption{text-align:start;padding-block-end:.3em}
th,td{text-align:start;padding:.4em .9em .4em 0;border-block-end:1px solid #c3cad1;vertical-align:top}
sup{line-height:0;font-size:.8em}sup a{padding:.35em .25em}
.s{margin:0}.s>li{margin-block-end:.8em;padding-inline-start:.2em}.s>li::marker{font-weight:700}
blockquote{margin:.3em 0;padding-inline-start:.8em;border-inline-start:.25em solid #c3cad1}
summary{cursor:pointer;padding-block:.15em;width:fit-content}
.c ul{list-style:none;padding:0;margin:0}.c button{text-align:start}.l>:not(:last-child) .c{display:none}
.f{padding:1em}label,legend{font-weight:700;padding:0}.i{margin:.15em 0 .5em}
textarea{display:block;font:inherit;color:inherit;background:#fff;width:100%;min-height:4.8em;padding:.4em .5em;border:2px solid #0b0c0c;border-radius:0;resize:vertical}
textarea[aria-invalid=true]{border:4px solid #a4201a}
button{font:inherit;line-height:1.25;min-height:2.5em;padding:.45em 1em;border:2px solid transparent;border-radius:.2em;background:#17593b;color:#fff;cursor:pointer;overflow-wrap:anywhere}
button:hover{background:#0f4029}.g{background:#fff;color:#0b0c0c;border-color:#4c6272}.g:hover{background:#e6ebef}
button[aria-disabled=true]{background:#5c6770;color:#fff;cursor:not-allowed}
.b{display:flex;flex-wrap:wrap;gap:.6em;align-items:center;margin-block-start:.7em}
fieldset{border:0;min-width:0;margin:1em 0 0;padding:0;font-size:.9em}fieldset legend{font-weight:400}fieldset .b{margin-block-start:.3em}
a{color:#154c8c;text-underline-offset:.15em}a:hover{text-decoration-thickness:3px}
:is(textarea,.t):focus-visible{outline:3px solid #fd0;box-shadow:inset 0 0 0 2px #0b0c0c}
:is(a,button,summary,[tabindex="-1"]):focus-visible{outline:3px solid transparent;background:#fd0;color:#0b0c0c;box-shadow:0 -2px #fd0,0 4px #0b0c0c;text-decoration:none}
.k{display:inline-block;padding:.3em;margin-block-end:.5em}
.x{border:4px solid #a4201a;padding:.8em 1em;margin-block-end:1em}.x>*{margin:0 0 .4em}.x>:first-child{font-size:1.1em}.x a,.e{color:#a4201a;font-weight:700}.e{margin:.3em 0}
.v,.k:not(:focus){position:absolute!important;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:host([mode=floating]){position:fixed;inset:auto 16px 16px auto;z-index:var(--enquiry-chat-layer,9999);max-width:calc(100vw - 32px)}
:host([mode=floating]) :is(.p,.o>button){font-size:1em;box-shadow:0 3px 16px #0006}
:host([mode=floating]) .p{width:28em;max-width:100%;max-height:calc(100dvh - 32px);overflow:auto;overscroll-behavior:contain}
:host([mode=floating]) .p:not([open]){display:none}
:host([mode=floating]) .p:modal{position:fixed;inset:0;width:100%;height:100dvh;max-height:none}
@media(max-width:25em){.p{font-size:1em}}
@media(forced-colors:active){button,.note,.alert{border:1px solid}:is(a,summary,button,textarea,.t,[tabindex="-1"]):focus-visible{outline:3px solid Highlight;outline-offset:2px}}
@media print{.f,fieldset,.c,button{display:none!important}:host([mode=floating]),:host([mode=floating]) .p{position:static!important;inset:auto!important;width:auto;height:auto!important;max-width:none;max-height:none;overflow:visible}details::details-content{content-visibility:visible;display:block}.s a::after{content:" (" attr(href) ")"}}
`;
let sheet;

export class EnquiryChat extends HTMLElement {
  static observedAttributes = ['locale', 'mode', 'open', 'heading', 'heading-level', 'endpoint', 'nation', 'publisher', 'privacy'];
  #root = this.attachShadow({ mode: 'open' });
  #announcer = new Announcer();
  #turns = [];
  #service;
  #el = {};
  #busy = false;
  #ready = false;
  #counted = 0;
  #from;
  /** Escape uncovers the page from anywhere; the focus moves only from inside. */
  #escape = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#floating || !this.hasAttribute('open')) return;
    if (this.#root.activeElement) this.close(); else this.removeAttribute('open');
  };

  get #locale() { return (this.getAttribute('locale') || this.closest('[lang]')?.getAttribute('lang') || 'en').startsWith('cy') ? 'cy' : 'en'; }
  get #t() { return STRINGS[this.#locale]; }
  get #level() { return Math.min(5, Math.max(2, Number(this.getAttribute('heading-level')) || 2)); }
  get #floating() { return this.getAttribute('mode') === 'floating'; }
  get #max() { return Number(this.getAttribute('max-length')) || 1000; }

  connectedCallback() {
    if (!sheet) { sheet = new CSSStyleSheet(); sheet.replaceSync(CSS); }
    this.#root.adoptedStyleSheets = [sheet];
    document.addEventListener('keydown', this.#escape);
    this.#connect();
    this.#draw();
    this.#restore();
  }

  disconnectedCallback() { document.removeEventListener('keydown', this.#escape); }
  attributeChangedCallback(name) {
    if (!this.#el.panel) return;
    if (name === 'open') { this.#unfold(); return; }
    if (name === 'endpoint') this.#turns = [];
    this.#connect(); this.#draw();
    if (name === 'endpoint') this.#restore();
  }

  #connect() {
    const address = (this.getAttribute('endpoint') || new URL('.', import.meta.url).href).replace(/\/$/, '');
    this.#service = new Service(address, { locale: this.#locale, nation: this.getAttribute('nation') || null, publisher: this.getAttribute('publisher') || null });
  }

  open() { this.setAttribute('open', ''); this.#el.input.focus(); }

  close() { this.removeAttribute('open'); this.#el.opener.focus(); }

  /** On a small screen the panel covers everything, so it is modal. */
  #unfold() {
    const { opener, panel, all } = this.#el;
    if (!this.#floating) return;
    const open = this.hasAttribute('open');
    opener.hidden = open; opener.setAttribute('aria-expanded', String(open));
    if (!open) panel.close();
    else if (!panel.open && matchMedia('(max-width:40em)').matches) panel.showModal();
    else panel.setAttribute('open', '');
    // A closed panel hides the live region, a modal one silences those around it.
    (panel.matches(':modal') ? panel : all).append(this.#announcer.node);
    this.#name();
  }

  #draw() {
    const t = this.#t; const E = this.#el; const draft = E.input ? this.#el.input.value : '';
    E.title = h(`h${this.#level}`, { id: 't' }, this.getAttribute('heading') || t.title);
    E.list = h('ol', { class: 'l', role: 'list' });
    E.summary = h('div', { class: 'x', role: 'group', 'aria-labelledby': 's', hidden: true });
    E.error = h('p', { class: 'e', id: 'e', hidden: true });
    E.count = h('p', { class: 'i', id: 'c' });
    E.input = h('textarea', { id: 'q', rows: 2, 'aria-describedby': 'i', autocomplete: 'off', enterkeyhint: 'send', oninput: () => { this.#counting(); if (!E.error.hidden && !this.#wrong(E.input.value)) this.#fail(null); }, onkeydown: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); this.#send(); }
    } });
    this.#el.input.value = draft;
    E.send = h('button', {}, t.send);
    E.erase = button(t.erase, () => this.#confirm());
    E.sure = h('div', { class: 'b', role: 'group', 'aria-label': t.sure, hidden: true }, h('span', {}, t.sure), button(t.eraseYes, () => this.#erase()), button(t.eraseNo, () => this.#confirm(false)));
    E.latest = h('a', { class: 'k', href: '#', hidden: true, onclick: (event) => { event.preventDefault(); this.#place?.heading.focus(); } }, t.latest);
    const notice = this.hasAttribute('privacy') && safeUrl(this.getAttribute('privacy'), document.baseURI);
    const kept = [!this.hasAttribute('publisher') && h('p', { class: 'i' }, t.keep), notice && h('p', { class: 'i' }, this.#view.link(notice, t.privacy))];
    const form = h('form', { class: 'f', novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(); } },
      E.latest, E.summary, h('label', { for: 'q' }, t.label), h('p', { class: 'i', id: 'i' }, t.hint), ...kept, E.error, E.input, E.count, h('div', { class: 'b' }, E.send, E.erase), E.sure);
    E.panel = h(this.#floating ? 'dialog' : 'section', { class: 'p', id: 'p', lang: this.#locale, 'aria-labelledby': 't', onkeydown: (event) => { if (event.key === 'Escape' && !E.sure.hidden) { event.preventDefault(); this.#confirm(false); } }, oncancel: (event) => { event.preventDefault(); this.close(); } },
      h('div', { class: 'h' }, E.title, this.#floating && button(t.close, () => this.close())), h('p', { class: 'n', id: 'n' }, t.about), E.list, form);
    E.opener = h('button', { type: 'button', lang: this.#locale, 'aria-expanded': 'false', 'aria-controls': 'p', hidden: !this.#floating, onclick: () => this.open() });
    E.all = h('div', { class: 'o' }, E.opener, E.panel, this.#announcer.node); this.#announcer.node.lang = this.#locale;
    this.#root.replaceChildren(E.all);
    for (const turn of this.#turns) this.#fill(this.#addPlace(turn), turn);
    this.#name(); this.#unfold(); this.#counting(); this.#settle();
  }

  /** The opener says when an answer came while the panel was closed. */
  #name() {
    this.#ready &&= !this.hasAttribute('open');
    const title = this.getAttribute('heading') || this.#t.title;
    this.#el.opener.textContent = this.#ready ? fill(this.#t.ready, { title }) : title;
  }

  /* conversation */

  async #restore() {
    const found = await this.#service.transcript().catch(() => []) ?? []; // offline
    if (this.#busy || this.#turns.length) return;
    this.#turns = found;
    for (const turn of found) this.#fill(this.#addPlace(turn), turn);
    this.#settle();
  }
  #confirm(asking = true) {
    if (this.#busy) return;
    const { sure, erase } = this.#el;
    if (asking) this.#from = this.#root.activeElement;
    sure.hidden = !asking; erase.hidden = asking;
    (asking ? sure.lastElementChild : this.#from?.isConnected ? this.#from : erase).focus();
  }

  async #erase() {
    if (!await this.#service.erase()) { this.#fail(new Told('notErased')); return; }
    this.#turns = []; this.#el.list.replaceChildren(); this.#fail(null); this.#settle();
    this.#announcer.say(this.#t.erased); this.#el.input.focus();
  }
  #wrong(question) {
    const length = [...question.trim()].length;
    if (!length) return new Told('empty');
    return length > this.#max ? new Told('long', { n: this.#max.toLocaleString('en-GB') }) : null;
  }
  async #send(suggested) {
    const t = this.#t; const input = this.#el.input; const typed = input.value; const question = (suggested ?? typed).trim();
    if (this.#busy) { this.#announcer.say(t.busy); return; }
    const wrong = this.#wrong(question);
    if (wrong) { this.#fail(wrong, true); return; }
    if (!navigator.onLine) { this.#fail(new Told('offline'), false, () => this.#send(suggested)); return; }
    const history = this.#turns.flatMap((turn) => [{ role: 'user', content: turn.question }, { role: 'assistant', content: turn.answer.text }]).slice(-20);
    const turn = { question, answer: null };
    this.#fail(null); this.#wait(true);
    const slow = setTimeout(() => { this.#announcer.say(t.still, true); this.#stage('still'); }, 8000);
    const place = this.#addPlace(turn);
    place.body.append(h('p', { class: 'w' }, t.searching));
    if (suggested === undefined) input.value = ''; else input.focus({ preventScroll: true });
    this.#counting(); this.#announcer.say(t.searching, true); place.item.scrollIntoView({ block: 'nearest' });
    try {
      await this.#follow(turn, place, history);
    } catch (error) {
      if (!turn.answer) { place.item.remove(); if (suggested === undefined && !input.value) input.value = typed; }
      this.#fail(error instanceof Told ? error : new Told('server'), false, () => this.#send(suggested));
    } finally { clearTimeout(slow); this.#wait(false); this.#counting(); this.#settle(); }
  }
  async #follow(turn, place, history) {
    const view = this.#view; const known = new Map(); let before;
    for await (const { event, data } of this.#service.ask(turn.question, history)) {
      if (event === 'progress') this.#stage(data.stage);
      else if (event === 'lost') { this.#stage('lost'); this.#announcer.say(this.#t.lost, true); }
      else if (event === 'fresh') turn.note = 'fresh';
      else if (event === 'block') {
        for (const citation of data.citations) known.set(citation.number, citation);
        place.body.querySelector('.w')?.before(...view.framed(data.block, before, known));
        before = data.block;
      } else if (event === 'answer' || event === 'replace') {
        if (event === 'replace') turn.note = 'withdrawn';
        turn.answer = data; turn.question = data.question || turn.question;
        this.#fill(place, turn);
        if (!this.#turns.includes(turn)) this.#turns.push(turn);
        this.#settle();
        this.#announcer.say([...(turn.note ? [[this.#locale, this.#t[turn.note]]] : []), ...spoken(data, this.#t, this.#locale)]);
        this.#ready = this.#floating; this.#name();
        this.#reveal(place.item);
        this.dispatchEvent(new CustomEvent('enquiry-chat:answered', { bubbles: true, composed: true, detail: { status: data.status } }));
      }
    }
  }

  /* view */

  get #view() { return new View(this.#t, this.#locale, this.#level + 2); }

  /** The latest turn. */ #place;
  #addPlace(turn) {
    const tag = `h${this.#level + 1}`;
    const asked = h('span', { class: 'q' }, turn.question); const heading = h(tag, { class: 'y', tabindex: -1 }, this.#t.answer); const body = h('div', { 'aria-busy': 'true' });
    const item = h('li', {}, h(tag, {}, h('span', { class: 'y' }, this.#t.you), ' ', asked), heading, body);
    this.#el.list.append(item);
    this.#place = { item, asked, heading, body };
    return this.#place;
  }
  #fill(place, turn) {
    const { answer } = turn; const { body } = place;
    place.asked.textContent = turn.question;
    if (answer.redactions.length && place.asked.parentElement.nextElementSibling === place.heading) place.heading.before(h('p', { class: 'r' }, this.#t.kept));
    const had = this.#root.activeElement;
    body.replaceChildren(...(turn.note ? [h('p', { class: 'note' }, this.#t[turn.note])] : []), ...this.#view.answer(answer, (question) => this.#send(question), () => this.#confirm()));
    if (answer.status !== 'clarification' && !URGENT.test(answer.status)) body.append(this.#feedback(answer.answer_id));
    body.setAttribute('aria-busy', 'false');
    if (had && !had.isConnected) place.heading.focus({ preventScroll: true });
  }
  #stage(stage) { const line = this.#place?.body.querySelector('.w'); if (line) line.textContent = this.#t[stage] ?? this.#t.searching; }

  /** Show a long answer's beginning, unless the citizen has moved on. */
  #reveal(item) {
    const { top, bottom } = item.getBoundingClientRect();
    if (top >= 0 && top < innerHeight && bottom > innerHeight) item.scrollIntoView({ block: 'start' });
  }
  #feedback(answerId) {
    const t = this.#t; const legend = h('legend', {}, t.useful); const box = h('fieldset', {}, legend);
    const choices = (pairs) => h('div', { class: 'b' }, ...pairs.map(([text, act]) => button(text, act)));
    const send = async (useful, reason = '') => {
      const sent = await this.#service.feedback(answerId, useful, reason);
      const reply = h('p', { class: 'r', tabindex: -1 }, sent ? t.thanks : t.notSent);
      if (!sent) box.querySelector('.r')?.remove();
      if (sent) box.replaceWith(reply); else box.append(reply);
      reply.focus({ preventScroll: true });
    };
    const ask = () => {
      const reasons = choices(['wrong', 'unclear', 'not_my_question', 'too_long', 'other'].map((reason) => [t[reason], () => send(false, reason)]));
      legend.textContent = t.why; box.replaceChildren(legend, reasons);
      reasons.firstElementChild.focus({ preventScroll: true });
    };
    box.append(choices([[t.yes, () => send(true)], [t.no, ask]]));
    return box;
  }

  /** Shown when it matters, said when typing pauses. */
  #counting() {
    const left = this.#max - [...this.#el.input.value].length; const { count } = this.#el; const near = left < this.#max / 5;
    const word = (left < 0 ? 'over' : 'left') + (Math.abs(left) === 1 ? '1' : '');
    count.textContent = near ? fill(this.#t[word], { n: Math.abs(left) }) : '';
    count.classList.toggle('e', left < 0); count.hidden = !near;
    clearTimeout(this.#counted);
    if (near) this.#counted = setTimeout(() => { if (count.textContent) this.#announcer.say(count.textContent, true); }, 1000);
    this.#describe();
  }

  #describe() {
    const { error, count, input } = this.#el;
    input.setAttribute('aria-describedby', [this.#turns.length ? '' : 'n', 'i', error.hidden ? '' : 'e', count.textContent ? 'c' : ''].filter(Boolean).join(' '));
  }

  /** Show what is wrong, in the field or not; null clears it. */
  #fail(told, inField = false, retry = undefined) {
    const { error, summary, input } = this.#el; const t = this.#t; const text = told ? fill(t[told.word], { ...told.values, unit: t.units.split(' ')[told.values?.size] }) : '';
    if (summary.contains(this.#root.activeElement)) input.focus();
    summary.hidden = !told; error.hidden = !inField;
    error.replaceChildren(...(inField ? [unseen(`${t.error}: `), text] : []));
    input[inField ? 'setAttribute' : 'removeAttribute']('aria-invalid', 'true');
    this.#describe();
    if (!told) return;
    const message = inField ? h('a', { href: '#', onclick: (event) => { event.preventDefault(); input.focus(); } }, text) : text;
    summary.replaceChildren(h(`h${this.#level + 1}`, { id: 's' }, t.problem), h('p', {}, message), ...(retry ? [button(t.again, retry)] : []));
    this.#announcer.say(`${t.error}: ${text}`);
    input.focus();
  }

  #settle() {
    const { erase, sure, latest } = this.#el;
    erase.hidden = !this.#service.key && !this.#turns.length; sure.hidden = true; latest.hidden = !this.#turns.length;
    this.#describe();
  }
  #wait(busy) {
    this.#busy = busy;
    for (const control of [this.#el.send, this.#el.erase]) control[busy ? 'setAttribute' : 'removeAttribute']('aria-disabled', 'true');
    this.#el.input.readOnly = busy;
  }
}

if (!customElements.get('enquiry-chat')) customElements.define('enquiry-chat', EnquiryChat);
