/**
 * <enquiry-chat>: ask a question about public services and check the answer against its sources.
 *
 * One file, no dependency, no build. DOM nodes are built directly (no markup is ever parsed) and
 * the style sheet is adopted, so it runs under `default-src 'self'` and Trusted Types 'none'.
 * Keeps the conversation's id and token in sessionStorage and nothing else anywhere.
 *
 * Attributes
 *   endpoint       Address of the service; default: where this file came from.
 *   locale         en or cy; default: the language of the page around it.
 *   nation         england, scotland, wales or northern-ireland.
 *   publisher      Answers only from this publisher; the service then keeps no conversation.
 *   heading        Text of the heading.
 *   heading-level  2 to 5; default 2.
 *   mode           inline (default) or floating: a button that opens a panel.
 *   open           Whether the floating panel is open.
 *   max-length     Longest question, in characters; default 1000.
 * Event: enquiry-chat:answered, with `detail.status` and nothing the citizen wrote.
 */

/* ------------------------------------------------------------------ words */

/** @type {Record<string, Record<string, string>>} */
export const STRINGS = {
  en: {
    title: 'Ask a question',
    about: 'This is an automated service, not a person. It quotes published guidance. Check the sources before you act.',
    label: 'Your question',
    hint: 'Do not include personal details, such as your name or National Insurance number.',
    send: 'Send', close: 'Close', latest: 'Go to the latest answer',
    erase: 'Delete this conversation', sure: 'Delete your questions and the answers for good?',
    eraseYes: 'Yes, delete', eraseNo: 'No, keep', erased: 'Your conversation has been deleted.',
    you: 'You asked', answer: 'Answer', sources: 'Sources', cite: 'Source {n}: {title}',
    applies: 'Applies to: {nations}', updated: 'Updated {date}', quoted: 'Quoted words',
    newTab: '(opens in new tab)', near: 'Pages that may help', ask: 'You can also ask', choose: 'Choose one',
    checking: 'Checking your question', searching: 'Looking for an answer', writing: 'Writing the answer',
    verifying: 'Checking the answer', still: 'Still working on your answer',
    done: 'Answer ready.', source: '1 source.', nsources: '{n} sources.',
    kept: 'Personal details were removed. This is what was kept.',
    withdrawn: 'The first version of this answer has been replaced because it did not pass a later check.',
    fresh: 'The earlier conversation had expired. This question starts a new one.',
    problem: 'There is a problem', error: 'Error', again: 'Try again',
    empty: 'Enter a question', long: 'Your question must be {n} characters or fewer',
    refused: 'The service could not use this question. Make it shorter, then try again.',
    offline: 'You are offline. Your question is still here. Try again when you are connected.',
    server: 'Sorry, there is a problem with the service. Your question is still here. Try again later.',
    starting: 'The service is starting. Your question is still here. Try again in a few seconds.',
    rate: 'You have asked a lot of questions in a short time. Wait {n} seconds, then try again.',
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
    send: 'Anfon', close: 'Cau', latest: 'Mynd i’r ateb diweddaraf',
    erase: 'Dileu’r sgwrs hon', sure: 'Dileu eich cwestiynau a’r atebion am byth?',
    eraseYes: 'Ie, dileu', eraseNo: 'Na, cadw', erased: 'Mae eich sgwrs wedi’i dileu.',
    you: 'Eich cwestiwn chi', answer: 'Ateb', sources: 'Ffynonellau', cite: 'Ffynhonnell {n}: {title}',
    applies: 'Yn berthnasol i: {nations}', updated: 'Diweddarwyd {date}', quoted: 'Y geiriau a ddyfynnir',
    newTab: '(yn agor mewn tab newydd)', near: 'Tudalennau a all helpu', ask: 'Gallwch ofyn hefyd', choose: 'Dewiswch un',
    checking: 'Yn gwirio eich cwestiwn', searching: 'Yn chwilio am ateb', writing: 'Yn ysgrifennu’r ateb',
    verifying: 'Yn gwirio’r ateb', still: 'Yn dal i weithio ar eich ateb',
    done: 'Mae’r ateb yn barod.', source: '1 ffynhonnell.', nsources: '{n} ffynhonnell.',
    kept: 'Tynnwyd manylion personol. Dyma’r hyn a gadwyd.',
    withdrawn: 'Mae fersiwn gyntaf yr ateb hwn wedi’i disodli am na phasiodd wiriad diweddarach.',
    fresh: 'Roedd y sgwrs flaenorol wedi dod i ben. Mae’r cwestiwn hwn yn dechrau un newydd.',
    problem: 'Mae problem', error: 'Gwall', again: 'Rhoi cynnig arall arni',
    empty: 'Rhowch gwestiwn', long: 'Rhaid i’ch cwestiwn fod yn {n} nod neu lai',
    refused: 'Ni allai’r gwasanaeth ddefnyddio’r cwestiwn hwn. Gwnewch ef yn fyrrach, yna rhowch gynnig arall arni.',
    offline: 'Rydych all-lein. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni pan fyddwch wedi cysylltu.',
    server: 'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni yn nes ymlaen.',
    starting: 'Mae’r gwasanaeth yn dechrau. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni mewn ychydig eiliadau.',
    rate: 'Rydych wedi gofyn llawer o gwestiynau mewn amser byr. Arhoswch {n} eiliad, yna rhowch gynnig arall arni.',
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

/** Put values into a text. @param {string} text @param {Record<string, unknown>} [values] */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));

/** The address when it is http or https, else null. @param {unknown} raw @returns {string|null} */
export function safeUrl(raw) {
  try {
    const url = new URL(String(raw));
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch { return null; }
}

const URGENT = /^redirect_(crisis|emergency)/;

/** What a screen reader should say, help first: whole sentences, no citation marks. @param {any} answer @param {Record<string, string>} t */
export function spoken(answer, t) {
  const blocks = answer.blocks.map((b) => [b.text, ...b.items, ...b.rows.map((row) => row.join(', '))]); const end = helpEnd(answer);
  const words = [t.done, ...blocks.slice(0, end).flat(), ...answer.notices.map((n) => n.text), ...blocks.slice(end).flat()].filter(Boolean);
  const n = answer.citations.length;
  const sources = n === 1 ? t.source : n ? fill(t.nsources, { n }) : '';
  return [...words.map((text) => text.trim().replace(/([^.:;!?])$/, '$1.')), sources].filter(Boolean).join(' ');
}

/** How many blocks say whom to call; the heading of an answer beneath them is a notice, too. @param {any} answer */
function helpEnd(answer) {
  if (!URGENT.test(answer.status)) return 0;
  const next = answer.blocks.findIndex((b, i) => i && b.kind === 'notice');
  return next < 0 ? answer.blocks.length : next;
}

/* ---------------------------------------------------------------- service */

const PATIENCE = 40_000; // two and a half of the service's 15-second heartbeats
const PAUSES = [500, 1000, 2000];
const STREAM = 'text/event-stream';
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A failure the citizen is told about: `word` names the text. */
export class Told extends Error {
  constructor(word, values) { super(word); this.word = word; this.values = values; }
}

/**
 * Server-sent events, as they come; throws when nothing, not even a heartbeat, comes for too long.
 * @param {ReadableStream<Uint8Array>} body @param {number} [patience] milliseconds
 */
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

/** The conversation with the service; knows nothing of the page. */
export class Service {
  /** @type {{conversation_id: string, token: string}|null} */ key = null;
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
    const words = ({ 409: 'busy', 413: 'refused', 422: 'refused', 429: 'rate', 503: 'starting' });
    return new Told(words[reply.status] ?? 'server', { n: wait });
  }

  async #begin() {
    const { locale, nation } = this.setting;
    const reply = await this.#fetch('/v1/conversations', 'POST', { locale, nation });
    if (!reply.ok) throw this.#told(reply);
    const { conversation_id, token } = await reply.json();
    this.key = { conversation_id, token };
    try { sessionStorage.setItem(this.store, JSON.stringify(this.key)); } catch { /* storage is blocked: it ends with the page */ }
  }

  /** Earlier questions and answers; none when there is no conversation. */
  async transcript() {
    if (!this.key) return [];
    const reply = await this.#fetch(this.#path);
    if (reply.status === 401 || reply.status === 404) this.#forget();
    if (!reply.ok) return [];
    const { exchanges } = await reply.json();
    for (const { answer } of exchanges) this.#seen.add(answer.answer_id);
    return exchanges.map((e) => ({ question: e.question, answer: e.answer }));
  }

  /** Delete the conversation; false when it could not be done. */
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
   * Ask a question and yield events: `progress`, `block`, `answer`, `replace`, and of our own
   * `fresh` (a new conversation had to be started) and `lost` (the connection dropped).
   * Streams first; resumes when the stream drops; then asks for plain JSON in the conversation,
   * and at last without one.
   * @param {string} question @param {{role: string, content: string}[]} history
   */
  async* ask(question, history) {
    if (this.setting.publisher) { yield await this.#askOnce(question, history); return; }
    const once = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
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

  /** Follow the events of a question through dropped connections. @param {string} question @param {string} once */
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
      // A repeated request meets its own first try: its events are there to be resumed.
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
          // An answer from before: the service lost this question, so it is asked again.
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

/* ------------------------------------------------------------------- view */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...(children.filter(Boolean)));
  return element;
}
const button = (text, onclick, look = 'g') => h('button', { type: 'button', class: look, onclick }, text);
const unseen = (text) => h('span', { class: 'v' }, text);

/** Draws answers; knows nothing of the network. */
class View {
  constructor(t, locale, level) { this.t = t; this.locale = locale; this.head = `h${Math.min(6, level)}`; }
  #link(href, ...children) {
    return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children, ' ', unseen(this.t.newTab));
  }
  /** A block, under where its words are from unless the block before said so. */
  framed(block, before, ...rest) {
    const frame = block.frame && block.frame !== before?.frame && h('p', { class: 'from' }, block.frame);
    return [frame, this.block(block, ...rest)].filter(Boolean);
  }
  block(block, citations, urgent = false) {
    const tongue = block.language ? { lang: block.language, dir: 'auto' } : {};
    const marks = block.citations.map((n) => {
      const source = citations.get(n); const url = safeUrl(source?.deep_link) ?? safeUrl(source?.url);
      if (!url) return null;
      return h('sup', {}, this.#link(url, unseen(fill(this.t.cite, { n, title: source.title })), h('span', { 'aria-hidden': 'true' }, `[${n}]`)));
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
    return h('li', {}, url ? this.#link(url, title) : title, facts && h('div', {}, facts),
      quote && (folded ? h('details', {}, h('summary', {}, t.quoted), quote) : quote));
  }

  /** Browsers know no Welsh months, so ours are written out. @param {string} iso */
  #date(iso) { const [year, month, day] = iso.split('-'); return `${Number(day)} ${this.t.months.split(' ')[Number(month) - 1]} ${year}`; }

  /**
   * Everything an answer shows, in reading order: help in a crisis first, then what the citizen
   * should know, the answer, choices, sources, other pages, further questions.
   * @param {any} answer @param {(question: string) => void} ask @returns {HTMLElement[]}
   */
  answer(answer, ask) {
    const t = this.t; const end = helpEnd(answer);
    const known = new Map(answer.citations.map((c) => [c.number, c]));
    const said = answer.blocks.map((b) => b.text + b.items.join() + b.rows.join()).join();
    const list = (title, tag, found) => (found.length
      ? [h(this.head, {}, title), h(tag, { class: 's' }, ...found.map((c) => this.source(c, answer.mode === 'extractive' && said.includes(c.quote))))] : []);
    const choices = answer.follow_ups.map((q) => h('li', {}, button(q, () => ask(q))));
    const asking = choices.length ? [h(this.head, {}, answer.status === 'clarification' ? t.choose : t.ask), h('ul', { class: 'c', lang: answer.language }, ...choices)] : [];
    const notices = answer.notices.map((n) => h('p', { class: 'note', lang: answer.language }, n.text));
    const words = (from, to) => (from < to ? [h('div', { class: to === end ? 'alert' : null, lang: answer.language }, ...answer.blocks.slice(from, to).flatMap((b, i) => (
      end && from && !i ? h(this.head, {}, b.text) : this.framed(b, answer.blocks[from + i - 1], known, to === end))))] : []);
    return [
      ...words(0, end), ...notices, ...words(end, answer.blocks.length),
      ...(answer.status === 'clarification' ? asking : []),
      ...list(t.sources, 'ol', answer.citations), ...list(t.near, 'ul', answer.nearest_pages),
      ...(answer.status === 'clarification' ? [] : asking),
    ];
  }
}

/** Numbers to call in the service's own words become links. @param {string} text @returns {(Node|string)[]} */
function callable(text) {
  return text.split(/(\b(?:999|111|112|116 \d{3}|0\d{2,4} [\d ]{3,9}\d)\b)/).map((piece, i) => (
    i % 2 ? h('a', { href: `tel:${piece.replace(/ /g, '')}` }, piece) : piece));
}

/** One polite live region: whole texts, at least a second and a half apart, emptied afterwards. */
class Announcer {
  /** @type {{text: string, fleeting: boolean}[]} */ #queue = [];
  #next = 0;
  #timer = 0;
  #empty = 0;
  node = h('div', { class: 'v', role: 'status' });
  say(text, fleeting = false) {
    this.#queue = [...this.#queue.filter((item) => !item.fleeting), { text, fleeting }];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), Math.max(0, this.#next - performance.now()));
  }

  #speak() {
    const item = this.#queue.shift();
    if (!item) return;
    clearTimeout(this.#empty);
    this.node.textContent = item.text;
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
p,ul,ol{margin:0 0 .8em}.from{color:#3c4650;font-size:.9em;margin-block-end:.2em}.l p,caption{white-space:pre-line}ul,ol{padding-inline-start:1.4em}ul{list-style:disc}li{margin-block-end:.3em}
.h{display:flex;flex-wrap:wrap;gap:.5em;justify-content:space-between;align-items:center;padding:.9em 1em .2em}
.h>*{margin:0}.h :is(h2,h3,h4,h5){font-size:1.35em}
.n{padding:0 1.11em .9em;margin:0;border-block-end:1px solid #c3cad1;color:#3c4650;font-size:.9em}
.l{list-style:none;padding:0;margin:0}.l>li{padding:.3em 1em 1.2em;margin:0;border-block-end:1px solid #c3cad1}
.l>li>:is(h3,h4,h5,h6){color:#3c4650;font-size:.9em}
.q{white-space:pre-wrap;font-weight:700;margin:0}
.r{color:#3c4650;font-size:.9em;margin:.4em 0 0}
.note,.alert{border-inline-start:.3em solid #4c6272;background:#f1f4f6;padding:.6em .8em;margin-block-end:.8em}
.alert{border-inline-start-width:.5em;border-color:#a4201a;background:#fdf1f0}.alert>:last-child>:last-child{margin:0}
.alert a{font-weight:700;white-space:nowrap}
.t{overflow-x:auto;margin:0 0 .8em;overflow-wrap:normal}table{border-collapse:collapse}caption{text-align:start;padding-block-end:.3em}
th,td{text-align:start;padding:.4em .9em .4em 0;border-block-end:1px solid #c3cad1;vertical-align:top}
sup{line-height:0;font-size:.8em}sup a{padding:.35em .25em}
.s{font-size:.9em;margin:0}.s>li{margin-block-end:.8em;padding-inline-start:.2em}.s>li::marker{font-weight:700}.s div{color:#3c4650}
blockquote{margin:.3em 0;padding-inline-start:.8em;border-inline-start:.25em solid #c3cad1}
summary{cursor:pointer;padding-block:.15em;width:fit-content}
.c{list-style:none;padding:0;margin:0}.c button{text-align:start}
.f{padding:1em}label,legend{font-weight:700;padding:0}.i{color:#3c4650;font-size:.9em;margin:.15em 0 .5em}
textarea{display:block;font:inherit;color:inherit;background:#fff;width:100%;min-height:4.8em;padding:.4em .5em;border:2px solid #0b0c0c;border-radius:0;resize:vertical}
textarea[aria-invalid=true]{border:4px solid #a4201a}
button{font:inherit;line-height:1.25;min-height:2.5em;padding:.45em 1em;border:2px solid transparent;border-radius:.2em;background:#17593b;color:#fff;cursor:pointer;overflow-wrap:anywhere}
button:hover{background:#0f4029}.g{background:#fff;color:#0b0c0c;border-color:#4c6272}.g:hover{background:#e6ebef}
button[aria-disabled=true]{background:#5c6770;color:#fff;cursor:not-allowed}
.b{display:flex;flex-wrap:wrap;gap:.6em;align-items:center;margin-block-start:.7em}
fieldset{border:0;min-width:0;margin:1em 0 0;padding:0;font-size:.9em}fieldset legend{font-weight:400}fieldset .b{margin-block-start:.3em}
a{color:#154c8c;text-underline-offset:.15em;text-decoration-thickness:max(1px,.06em)}a:hover{text-decoration-thickness:max(3px,.18em)}
:is(textarea,.t):focus-visible{outline:3px solid #fd0;box-shadow:inset 0 0 0 2px #0b0c0c}
:is(a,button,summary,[tabindex="-1"]):focus-visible{outline:3px solid transparent;background:#fd0;color:#0b0c0c;box-shadow:0 -2px #fd0,0 4px #0b0c0c;text-decoration:none}
.k{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}.k:focus{position:static;clip-path:none;width:auto;height:auto;display:inline-block;padding:.3em;margin-block-end:.5em}
.x{border:4px solid #a4201a;padding:.8em 1em;margin-block-end:1em}.x>*{margin:0 0 .4em}.x h3,.x h4,.x h5,.x h6{font-size:1.1em}.x a,.e{color:#a4201a;font-weight:700}.e{margin:.3em 0}
.v{position:absolute!important;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.w::before{content:"";display:inline-block;width:.9em;height:.9em;margin-inline-end:.5em;border:.18em solid #4c6272;border-inline-end-color:transparent;border-radius:50%;animation:r 1s linear infinite;vertical-align:-.1em}
@keyframes r{to{transform:rotate(1turn)}}
:host([mode=floating]){position:fixed;inset:auto 16px 16px auto;z-index:var(--enquiry-chat-layer,9999);max-width:calc(100vw - 32px)}
:host([mode=floating]) :is(.p,.o>button){font-size:1em;box-shadow:0 3px 16px #0006}
:host([mode=floating]) .p{width:28em;max-width:100%;max-height:calc(100dvh - 32px);overflow:auto;overscroll-behavior:contain}
:host([mode=floating]) .p:not([open]){display:none}
:host([mode=floating]) .p:modal{position:fixed;inset:0;width:100%;height:100dvh;max-height:none}
@media(max-width:25em){.p{font-size:1em}}
@media(prefers-reduced-motion:reduce){.w::before{animation:none}}
@media(forced-colors:active){button,.note,.alert{border:1px solid}:is(a,summary,button,textarea,.t,[tabindex="-1"]):focus-visible{outline:3px solid Highlight;outline-offset:2px}.w::before{border-color:CanvasText Canvas CanvasText CanvasText}}
@media print{.f,fieldset,.c,.h button,:host([mode=floating]) .o>button{display:none}details::details-content{content-visibility:visible;display:block}.s a::after{content:" (" attr(href) ")"}}
`;
let sheet;

/**
 * @typedef {{question: string, answer: any, note?: string}} Turn
 * @typedef {{item: HTMLElement, asked: HTMLElement, heading: HTMLElement, body: HTMLElement}} Place
 */

export class EnquiryChat extends HTMLElement {
  static observedAttributes = ['locale', 'mode', 'open', 'heading', 'heading-level', 'endpoint', 'nation', 'publisher'];
  #root = this.attachShadow({ mode: 'open' });
  #announcer = new Announcer();
  /** @type {Turn[]} */ #turns = [];
  /** @type {Service|undefined} */ #service;
  /** @type {Record<string, HTMLElement>} */ #el = {};
  #busy = false;
  #counted = 0;
  #escape = (event) => { if (event.key === 'Escape' && !event.defaultPrevented && this.#floating && this.hasAttribute('open')) this.close(); };

  get #locale() { return (this.getAttribute('locale') || this.closest('[lang]')?.getAttribute('lang') || 'en').startsWith('cy') ? 'cy' : 'en'; }
  get #t() { return STRINGS[this.#locale]; }
  get #level() { return Math.min(5, Math.max(2, Number(this.getAttribute('heading-level')) || 2)); }
  get #floating() { return this.getAttribute('mode') === 'floating'; }
  get #max() { return Number(this.getAttribute('max-length')) || 1000; }
  get #input() { return (this.#el.input); }

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

  open() { this.setAttribute('open', ''); this.#input.focus(); }

  close() { this.removeAttribute('open'); this.#el.opener.focus(); }

  /** Show or hide the floating panel. On a small screen it covers everything, so it is modal. */
  #unfold() {
    const { opener, panel } = this.#el;
    if (!(panel instanceof HTMLDialogElement)) return;
    const open = this.hasAttribute('open');
    opener.hidden = open; opener.setAttribute('aria-expanded', String(open));
    if (!open) panel.close();
    else if (!panel.open && matchMedia('(max-width:40em)').matches) panel.showModal();
    else panel.setAttribute('open', '');
  }

  #draw() {
    const t = this.#t; const E = this.#el; const draft = E.input ? this.#input.value : '';
    E.title = h(`h${this.#level}`, { id: 't' }, this.getAttribute('heading') || t.title);
    E.list = h('ol', { class: 'l', role: 'list' });
    E.summary = h('div', { class: 'x', role: 'group', 'aria-labelledby': 's', hidden: true });
    E.error = h('p', { class: 'e', id: 'e', hidden: true });
    E.count = h('p', { class: 'i', id: 'c' });
    E.input = h('textarea', { id: 'q', rows: 2, 'aria-describedby': 'i', autocomplete: 'off', enterkeyhint: 'send', oninput: () => this.#counting(), onkeydown: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); this.#send(); }
    } });
    this.#input.value = draft;
    E.send = h('button', {}, t.send);
    E.erase = button(t.erase, () => this.#confirm());
    E.sure = h('div', { class: 'b', role: 'group', 'aria-label': t.sure, hidden: true }, h('span', {}, t.sure), button(t.eraseYes, () => this.#erase()), button(t.eraseNo, () => this.#confirm(false)));
    E.latest = h('a', { class: 'k', href: '#', hidden: true, onclick: (event) => { event.preventDefault(); this.#place?.heading.focus(); } }, t.latest);
    const form = h('form', { class: 'f', novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(); } },
      E.latest, E.summary, h('label', { for: 'q' }, t.label), h('p', { class: 'i', id: 'i' }, t.hint), E.error, E.input, E.count, h('div', { class: 'b' }, E.send, E.erase), E.sure);
    E.panel = h(this.#floating ? 'dialog' : 'section', { class: 'p', id: 'p', lang: this.#locale, 'aria-labelledby': 't', oncancel: (event) => { event.preventDefault(); this.close(); } },
      h('div', { class: 'h' }, E.title, this.#floating && button(t.close, () => this.close())), h('p', { class: 'n' }, t.about), E.list, this.#announcer.node, form);
    E.opener = h('button', { type: 'button', lang: this.#locale, 'aria-expanded': 'false', 'aria-controls': 'p', hidden: !this.#floating, onclick: () => this.open() }, this.getAttribute('heading') || t.title);
    this.#root.replaceChildren(h('div', { class: 'o' }, E.opener, E.panel));
    for (const turn of this.#turns) this.#fill(this.#addPlace(turn), turn);
    this.#unfold(); this.#counting(); this.#settle();
  }

  /* ------------------------------------------------------- conversation */

  async #restore() {
    const found = await this.#service?.transcript().catch(() => []) ?? []; // offline: it is still there when the next question is sent
    if (this.#busy || this.#turns.length) return;
    this.#turns = found;
    for (const turn of found) this.#fill(this.#addPlace(turn), turn);
    this.#settle();
  }
  #confirm(asking = true) {
    if (this.#busy) return;
    this.#el.sure.hidden = !asking; this.#el.erase.hidden = asking;
    (asking ? this.#el.sure.lastElementChild : this.#el.erase).focus();
  }

  async #erase() {
    if (!await this.#service?.erase()) { this.#fail(new Told('notErased')); return; }
    this.#turns = []; this.#el.list.replaceChildren(); this.#fail(null); this.#settle();
    this.#announcer.say(this.#t.erased); this.#input.focus();
  }
  async #send(suggested) {
    const t = this.#t; const input = this.#input; const typed = input.value; const question = (suggested ?? typed).trim();
    if (this.#busy) { this.#announcer.say(t.busy); return; }
    if (!question) { this.#fail(new Told('empty'), true); return; }
    if ([...question].length > this.#max) { this.#fail(new Told('long', { n: this.#max.toLocaleString('en-GB') }), true); return; }
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
    for await (const { event, data } of (this.#service).ask(turn.question, history)) {
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
        this.#announcer.say([turn.note ? this.#t[turn.note] : '', spoken(data, this.#t)].join(' ').trim());
        this.#reveal(place.item);
        this.dispatchEvent(new CustomEvent('enquiry-chat:answered', { bubbles: true, composed: true, detail: { status: data.status } }));
      }
    }
  }

  /* --------------------------------------------------------------- view */

  get #view() { return new View(this.#t, this.#locale, this.#level + 2); }

  /** @type {Place|undefined} the latest turn */ #place;
  #addPlace(turn) {
    const tag = `h${this.#level + 1}`;
    const asked = h('p', { class: 'q' }, turn.question); const heading = h(tag, { tabindex: -1 }, this.#t.answer); const body = h('div', { 'aria-busy': 'true' });
    const item = h('li', {}, h(tag, {}, this.#t.you), asked, heading, body);
    this.#el.list.append(item);
    this.#place = { item, asked, heading, body };
    return this.#place;
  }
  #fill(place, turn) {
    const { answer } = turn; const { body } = place;
    place.asked.textContent = turn.question;
    if (answer.redactions.length && place.asked.nextElementSibling === place.heading) place.asked.after(h('p', { class: 'r' }, this.#t.kept));
    const had = this.#root.activeElement;
    body.replaceChildren(...(turn.note ? [h('p', { class: 'note' }, this.#t[turn.note])] : []), ...this.#view.answer(answer, (question) => this.#send(question)));
    if (answer.status !== 'clarification' && !URGENT.test(answer.status)) body.append(this.#feedback(answer.answer_id));
    body.setAttribute('aria-busy', 'false');
    if (had && !had.isConnected) place.heading.focus({ preventScroll: true });
  }
  #stage(stage) { const line = this.#place?.body.querySelector('.w'); if (line) line.textContent = this.#t[stage] ?? this.#t.searching; }

  /** Bring a long answer's beginning into view, unless the citizen has moved on. @param {HTMLElement} item */
  #reveal(item) {
    const { top, bottom } = item.getBoundingClientRect();
    if (top >= 0 && top < innerHeight && bottom > innerHeight) item.scrollIntoView({ block: 'start' });
  }
  #feedback(answerId) {
    const t = this.#t; const legend = h('legend', {}, t.useful); const box = h('fieldset', {}, legend);
    const choices = (pairs) => h('div', { class: 'b' }, ...pairs.map(([text, act]) => button(text, act)));
    const send = async (useful, reason = '') => {
      const sent = await this.#service?.feedback(answerId, useful, reason);
      const reply = h('p', { class: 'r', tabindex: -1 }, sent ? t.thanks : t.notSent);
      if (sent) box.replaceWith(reply); else box.append(reply);
      reply.focus({ preventScroll: true });
    };
    const ask = () => {
      const reasons = choices(['wrong', 'unclear', 'not_my_question', 'too_long', 'other'].map((reason) => [t[reason], () => send(false, reason)]));
      legend.textContent = t.why; box.replaceChildren(legend, reasons);
      (reasons.firstElementChild).focus({ preventScroll: true });
    };
    box.append(choices([[t.yes, () => send(true)], [t.no, ask]]));
    return box;
  }

  /** Show the number of characters left when it matters; say it when typing pauses. */
  #counting() {
    const left = this.#max - [...this.#input.value].length; const { count } = this.#el; const near = left < this.#max / 5;
    const word = (left < 0 ? 'over' : 'left') + (Math.abs(left) === 1 ? '1' : '');
    count.textContent = near ? fill(this.#t[word], { n: Math.abs(left) }) : '';
    count.classList.toggle('e', left < 0); count.hidden = !near;
    clearTimeout(this.#counted);
    if (near) this.#counted = setTimeout(() => { if (count.textContent) this.#announcer.say(count.textContent, true); }, 1000);
    this.#describe();
  }

  #describe() {
    const { error, count, input } = this.#el;
    input.setAttribute('aria-describedby', ['i', error.hidden ? '' : 'e', count.textContent ? 'c' : ''].filter(Boolean).join(' '));
  }

  /**
   * Show what is wrong and what to do; null clears it.
   * @param {Told|null} told @param {boolean} [inField] whether the citizen can mend it in the field @param {() => void} [retry]
   */
  #fail(told, inField = false, retry = undefined) {
    const { error, summary, input } = this.#el; const t = this.#t; const text = told ? fill(t[told.word], told.values) : '';
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

  /** Offer to delete and to skip only when there is something to. */
  #settle() {
    const { erase, sure, latest } = this.#el;
    erase.hidden = !this.#service?.key && !this.#turns.length; sure.hidden = true; latest.hidden = !this.#turns.length;
  }
  #wait(busy) {
    this.#busy = busy;
    for (const control of [this.#el.send, this.#el.erase]) control[busy ? 'setAttribute' : 'removeAttribute']('aria-disabled', 'true');
    this.#input.readOnly = busy;
  }
}

if (!customElements.get('enquiry-chat')) customElements.define('enquiry-chat', EnquiryChat);
