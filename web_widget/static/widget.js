// @ts-check
/**
 * <enquiry-chat>: ask a question and check the answer against its sources.
 *
 * One file, no dependency, no build. Builds DOM nodes only (no innerHTML, no inline style), so it
 * runs under `default-src 'self'` and Trusted Types. Keeps nothing but the key of the conversation
 * in sessionStorage.
 *
 * Attributes: endpoint (address of the service; default: where this file came from), locale (en, cy),
 * nation (england, scotland, wales, northern-ireland), mode (inline, floating), heading-level (2 to 5).
 */

/** @type {Record<string, Record<string, string>>} */
export const STRINGS = {
  en: {
    title: 'Ask a question', label: 'Your question', hint: 'Do not include personal details, such as your name or National Insurance number.',
    about: 'This is an automated service, not a person. It quotes published guidance. Check the sources before you act.',
    send: 'Send', erase: 'Delete this conversation', erased: 'The conversation was deleted.', open: 'Ask a question', close: 'Close',
    you: 'You asked', answer: 'Answer', sources: 'Sources', from: 'From', updated: 'updated', appliesTo: 'Applies to', see: 'See this on the page',
    newTab: '(opens in new tab)', near: 'Pages that may help', ask: 'You can ask', cite: 'Source {n}',
    checking: 'Checking your question', searching: 'Looking in the guidance', writing: 'Writing the answer', verifying: 'Checking the answer',
    still: 'Still working on your answer', done: 'Answer ready.', nsources: '{n} sources.', onesource: '1 source.',
    error: 'Error', empty: 'Enter a question', long: 'Your question must be {n} characters or fewer', offline: 'You are offline. Your question is still here. Try again when you are connected.',
    server: 'Sorry, there is a problem with the service. Your question is still here. Try again later.',
    rate: 'Too many questions in a short time. Wait {n} seconds and try again.', busy: 'Wait for the answer before you ask again.',
    lost: 'Connection lost. Reconnecting.', left: 'You have {n} characters remaining', over: 'You have {n} characters too many',
    useful: 'Is this answer useful?', yes: 'Yes', no: 'No', why: 'What was wrong with it?', thanks: 'Thank you for your feedback.',
    wrong: 'It is wrong', unclear: 'It is hard to understand', not_my_question: 'It does not answer my question', other: 'Something else',
    england: 'England', scotland: 'Scotland', wales: 'Wales', 'northern-ireland': 'Northern Ireland', uk: 'the whole UK', welsh: 'in Welsh', english: 'in English',
  },
  cy: {
    title: 'Gofyn cwestiwn', label: 'Eich cwestiwn', hint: 'Peidiwch â chynnwys manylion personol, fel eich enw neu eich rhif Yswiriant Gwladol.',
    about: "Gwasanaeth awtomataidd yw hwn, nid person. Mae'n dyfynnu canllawiau cyhoeddedig. Gwiriwch y ffynonellau cyn gweithredu.",
    send: 'Anfon', erase: 'Dileu’r sgwrs hon', erased: 'Cafodd y sgwrs ei dileu.', open: 'Gofyn cwestiwn', close: 'Cau',
    you: 'Eich cwestiwn chi', answer: 'Ateb', sources: 'Ffynonellau', from: 'O', updated: 'diweddarwyd', appliesTo: 'Yn berthnasol i', see: 'Gweld hyn ar y dudalen',
    newTab: '(yn agor mewn tab newydd)', near: 'Tudalennau a all helpu', ask: 'Gallwch ofyn', cite: 'Ffynhonnell {n}',
    checking: 'Yn gwirio eich cwestiwn', searching: 'Yn chwilio’r canllawiau', writing: 'Yn ysgrifennu’r ateb', verifying: 'Yn gwirio’r ateb',
    still: 'Yn dal i weithio ar eich ateb', done: 'Mae’r ateb yn barod.', nsources: '{n} ffynhonnell.', onesource: '1 ffynhonnell.',
    error: 'Gwall', empty: 'Rhowch gwestiwn', long: 'Rhaid i’ch cwestiwn fod yn {n} nod neu lai', offline: 'Rydych all-lein. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni pan fyddwch wedi cysylltu.',
    server: 'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth. Mae eich cwestiwn yma o hyd. Rhowch gynnig arall arni yn nes ymlaen.',
    rate: 'Gormod o gwestiynau mewn amser byr. Arhoswch {n} eiliad a rhowch gynnig arall arni.', busy: 'Arhoswch am yr ateb cyn gofyn eto.',
    lost: 'Collwyd y cysylltiad. Yn ailgysylltu.', left: 'Mae gennych {n} nod ar ôl', over: 'Mae gennych {n} nod yn ormod',
    useful: 'Ydy’r ateb hwn yn ddefnyddiol?', yes: 'Ydy', no: 'Nac ydy', why: 'Beth oedd o’i le?', thanks: 'Diolch am eich adborth.',
    wrong: 'Mae’n anghywir', unclear: 'Mae’n anodd ei ddeall', not_my_question: 'Nid yw’n ateb fy nghwestiwn', other: 'Rhywbeth arall',
    england: 'Lloegr', scotland: 'yr Alban', wales: 'Cymru', 'northern-ireland': 'Gogledd Iwerddon', uk: 'y DU gyfan', welsh: 'yn Gymraeg', english: 'yn Saesneg',
  },
};
/** A failure whose message is written for the citizen. */
class Told extends Error {}
const MAX = 1000;
const KEY = 'enquiry-chat';

/** @param {string} text @param {Record<string, unknown>} [values] */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));

/** Only http and https survive. @param {string} raw @returns {string|null} */
export function safeUrl(raw) {
  try {
    const url = new URL(raw);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch { return null; }
}

/** Server-sent events, as they come. @param {ReadableStream<Uint8Array>} body */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      let end;
      while ((end = text.indexOf('\n\n')) >= 0) {
        const event = { id: '', event: 'message', data: '' };
        for (const line of text.slice(0, end).split('\n')) {
          const colon = line.indexOf(':');
          const name = /** @type {'id'|'event'|'data'} */ (line.slice(0, colon));
          if (colon > 0 && name in event) event[name] = line.slice(colon + 1).trimStart();
        }
        text = text.slice(end + 2);
        if (event.data) yield event;
      }
    }
  } finally { reader.cancel().catch(() => {}); }
}

/** @param {string} tag @param {Record<string, unknown>} [props] @param {...(Node|string|null|undefined)} children */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(.../** @type {(Node|string)[]} */ (children.filter((child) => child !== null && child !== undefined)));
  return element;
}

const CSS = `
:host{display:block}:host([hidden]){display:none}*,*::before,*::after{box-sizing:border-box}
.o{all:initial;display:block;color:#0b0c0c;background:#fff;font:1.1875em/1.4 var(--enquiry-chat-font,system-ui,"Segoe UI",Roboto,Arial,sans-serif);direction:inherit}
.p{border:1px solid #b1b4b6;background:#fff}
h2,h3,h4,h5,h6{font-size:1em;line-height:1.25;margin:0 0 .4em}.h h2,.h h3,.h h4,.h h5{font-size:1.26em;margin:0}
p,ul,ol,table{margin:0 0 .8em}ul,ol{padding-inline-start:1.3em}li{margin-block-end:.25em}
.h{display:flex;flex-wrap:wrap;gap:.5em;justify-content:space-between;align-items:center;padding:.8em 1em;background:#1d3557;color:#fff}
.n{padding:.6em 1em;margin:0;background:#f3f5f8;border-block-end:1px solid #b1b4b6;font-size:.9em}
.l{list-style:none;padding:0 1em;margin:0;overflow-wrap:anywhere}.l>li{padding:1em 0 .4em;margin:0;border-block-end:1px solid #d8dde2}
.l>li:last-child{border:0}.q{white-space:pre-wrap;border-inline-start:.3em solid #1d3557;padding-inline-start:.7em}
.note{border-inline-start:.3em solid #5a6b7b;background:#f3f5f8;padding:.6em .8em}.alert{border-inline-start:.4em solid #b3261e;padding:.6em .8em;background:#fdf2f1}
.t{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:start;padding:.35em .9em .35em 0;border-block-end:1px solid #b1b4b6;vertical-align:top}caption{text-align:start;margin-block-end:.3em}
sup{line-height:0}sup a{padding:0 .2em}
blockquote{margin:.2em 0 .3em;padding-inline-start:.7em;border-inline-start:3px solid #b1b4b6}
.s{font-size:.9em;color:#3c4650}.s li{margin-block-end:.7em}
.f{padding:1em;border-block-start:1px solid #b1b4b6}label,legend{font-weight:700;display:block;padding:0}.i{color:#3c4650;margin:.2em 0 .4em;font-size:.9em}
textarea{font:inherit;width:100%;min-height:4.6em;border:2px solid #0b0c0c;padding:.4em;resize:vertical;border-radius:0;color:inherit;background:#fff}
button{font:inherit;min-height:2.4em;padding:.35em .9em;border:2px solid transparent;border-radius:3px;background:#1d5c3f;color:#fff;cursor:pointer}
button.g{background:#fff;color:#0b0c0c;border-color:#5a6b7b}button[aria-disabled=true]{background:#6b7680;cursor:not-allowed}
.b{display:flex;flex-wrap:wrap;gap:.6em;margin-block-start:.6em;align-items:center}fieldset{border:0;margin:.6em 0;padding:0}
a{color:#1a5490;text-underline-offset:.15em}a:hover{text-decoration-thickness:3px}
:focus-visible{outline:3px solid #0b0c0c;outline-offset:0;box-shadow:0 0 0 6px #fd0}a:focus-visible,[tabindex="-1"]:focus-visible{background:#fd0;color:#0b0c0c;outline:0;box-shadow:0 -2px #fd0,0 4px #0b0c0c}
.e{color:#a4201a;font-weight:700;margin:.3em 0}.v{position:absolute!important;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.w::before{content:"";display:inline-block;width:.9em;height:.9em;margin-inline-end:.5em;border:3px solid #1d3557;border-inline-end-color:transparent;border-radius:50%;animation:r 1s linear infinite;vertical-align:-.1em}
@keyframes r{to{transform:rotate(1turn)}}
:host([mode=floating]){position:fixed;inset:auto 1em 1em auto;z-index:2147483000;max-width:calc(100vw - 2em)}
:host([mode=floating]) .o{background:none}:host([mode=floating]) .p{width:min(27em,100%);max-height:calc(100dvh - 2em);overflow:auto;box-shadow:0 2px 16px #0006}
@media(max-width:40em){:host([mode=floating]){inset:auto 0 0 0;max-width:none}:host([mode=floating]) .p{width:100%;max-height:100dvh}:host([mode=floating]) .o>button{margin:0 1em 1em}}
@media(prefers-reduced-motion:reduce){.w::before{animation:none}}
@media(forced-colors:active){button,.note,.alert,.q{border:1px solid}:focus-visible{outline:3px solid Highlight}.w::before{border-color:CanvasText}}
@media print{.f,.fb,.h button{display:none}}
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

export class EnquiryChat extends HTMLElement {
  static observedAttributes = ['locale', 'mode'];
  #root = this.attachShadow({ mode: 'open' });
  /** @type {Record<string, HTMLElement>} */ #el = {};
  /** @type {{conversation_id: string, token: string}|null} */ #key = null;
  #busy = false;
  #isOpen = false;
  #dialog = 0;

  get #locale() { return (this.getAttribute('locale') || this.closest('[lang]')?.getAttribute('lang') || 'en').startsWith('cy') ? 'cy' : 'en'; }
  get #t() { return STRINGS[this.#locale]; }
  get #api() { return (this.getAttribute('endpoint') || new URL('.', import.meta.url).href).replace(/\/$/, ''); }
  get #level() { return Math.min(5, Math.max(2, Number(this.getAttribute('heading-level')) || 2)); }
  get #floating() { return this.getAttribute('mode') === 'floating'; }

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    this.#draw();
    this.#recall();
  }

  attributeChangedCallback() { if (this.#el.panel) { this.#draw(); this.#restore(); } }

  #draw() {
    const t = this.#t; const E = this.#el; const draft = E.input instanceof HTMLTextAreaElement ? E.input.value : '';
    E.status = h('div', { class: 'v', role: 'status' });
    E.list = h('ol', { class: 'l', role: 'list' });
    E.error = h('p', { class: 'e', id: 'e', hidden: true });
    E.count = h('p', { class: 'i', id: 'c' });
    E.input = h('textarea', { id: 'q', rows: 2, 'aria-describedby': 'i', enterkeyhint: 'send', autocomplete: 'off',
      oninput: () => this.#counting(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#send(); }
      } });
    /** @type {HTMLTextAreaElement} */ (E.input).value = draft;
    E.send = h('button', { type: 'submit' }, t.send);
    E.erase = h('button', { type: 'button', class: 'g', hidden: !this.#key, onclick: () => this.#erase() }, t.erase);
    const form = h('form', { class: 'f', novalidate: true, onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); this.#send(); } },
      h('label', { for: 'q' }, t.label), h('p', { class: 'i', id: 'i' }, t.hint), E.error, E.input, E.count, h('div', { class: 'b' }, E.send, E.erase));
    E.title = h(`h${this.#level}`, { id: 't', tabindex: -1 }, t.title);
    E.panel = h('section', { class: 'p', id: 'p', lang: this.#locale, 'aria-labelledby': 't', role: this.#floating ? 'dialog' : null, hidden: this.#floating && !this.#isOpen,
      onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape' && this.#floating) this.close(); } },
      h('div', { class: 'h' }, E.title, this.#floating ? h('button', { type: 'button', class: 'g', onclick: () => this.close() }, t.close) : null),
      h('p', { class: 'n' }, t.about), E.list, E.status, form);
    E.opener = h('button', { type: 'button', 'aria-expanded': String(this.#isOpen), 'aria-controls': 'p', hidden: !this.#floating || this.#isOpen, onclick: () => this.open() }, t.open);
    this.#root.replaceChildren(h('div', { class: 'o' }, E.opener, E.panel));
  }

  open() { this.#toggle(true); this.#el.input.focus(); }
  close() { this.#toggle(false); this.#el.opener.focus(); }
  /** @param {boolean} on */
  #toggle(on) {
    this.#isOpen = on;
    this.#el.panel.hidden = !on; this.#el.opener.hidden = on; this.#el.opener.setAttribute('aria-expanded', String(on));
  }

  /* ------------------------------------------------------- conversation */
  #recall() {
    try { this.#key = JSON.parse(sessionStorage.getItem(KEY) ?? 'null'); } catch { this.#key = null; }
    this.#restore();
  }

  async #restore() {
    if (!this.#key) return;
    try {
      const reply = await this.#fetch(`/v1/conversations/${this.#key.conversation_id}`);
      if (!reply.ok) { this.#forget(); return; }
      const { exchanges } = await reply.json();
      this.#el.list.replaceChildren();
      for (const { question, answer } of exchanges) this.#show(this.#turn(question), answer);
      this.#el.erase.hidden = false;
    } catch { /* offline: the conversation is still there when the next question is sent */ }
  }

  #forget() {
    this.#key = null; this.#el.erase.hidden = true;
    try { sessionStorage.removeItem(KEY); } catch { /* storage is blocked: nothing was kept */ }
  }

  async #erase() {
    const key = this.#key; if (!key || this.#busy) return;
    const reply = await this.#fetch(`/v1/conversations/${key.conversation_id}`, { method: 'DELETE' }).catch(() => null);
    if (!reply || !(reply.ok || reply.status === 404)) { this.#fail(this.#t.server); return; }
    this.#forget(); this.#dialog += 1; this.#el.list.replaceChildren(); this.#say(this.#t.erased); this.#el.input.focus();
  }

  /** @param {string} path @param {RequestInit} [options] */
  #fetch(path, options = {}) {
    const headers = { ...(this.#key ? { Authorization: `Bearer ${this.#key.token}` } : {}), ...(options.body ? { 'Content-Type': 'application/json' } : {}), ...options.headers };
    return fetch(this.#api + path, { ...options, headers, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  }

  async #begin() {
    if (this.#key) return;
    const body = JSON.stringify({ locale: this.#locale, nation: this.getAttribute('nation') || null });
    const reply = await this.#fetch('/v1/conversations', { method: 'POST', body });
    if (!reply.ok) throw await this.#problem(reply);
    const { conversation_id, token } = await reply.json();
    this.#key = { conversation_id, token }; this.#el.erase.hidden = false;
    try { sessionStorage.setItem(KEY, JSON.stringify(this.#key)); } catch { /* storage is blocked: the conversation ends with the page */ }
  }

  /** @param {Response} reply */
  async #problem(reply) {
    if (reply.status === 429) return new Told(fill(this.#t.rate, { n: reply.headers.get('Retry-After') ?? 30 }));
    if (reply.status === 409) return new Told(this.#t.busy);
    return new Told(this.#t.server);
  }

  /** @param {string} [suggested] */
  async #send(suggested) {
    const t = this.#t; const input = /** @type {HTMLTextAreaElement} */ (this.#el.input); const question = (suggested ?? input.value).trim();
    if (this.#busy) return;
    if (!question) return this.#fail(t.empty);
    if ([...question].length > MAX) return this.#fail(fill(t.long, { n: MAX }));
    if (!navigator.onLine) return this.#fail(t.offline);
    this.#fail(''); this.#wait(true);
    const slow = setTimeout(() => this.#say(t.still), 8000); const before = this.#key; let turn = null;
    try {
      await this.#begin();
      turn = this.#turn(question); turn.body.append(h('p', { class: 'w' }, t.checking));
      if (suggested === undefined) input.value = '';
      this.#counting(); this.#say(t.searching);
      this.#show(turn, await this.#answer(question, turn), true);
    } catch (error) {
      turn?.item.remove();
      if (!before) this.#tidy();
      if (suggested === undefined) input.value = question;
      this.#fail(error instanceof Told ? error.message : t.server);
    } finally { clearTimeout(slow); this.#wait(false); this.#counting(); }
  }

  /** A conversation that never got an answer is of no use to anybody. */
  #tidy() { const key = this.#key; if (key) this.#fetch(`/v1/conversations/${key.conversation_id}`, { method: 'DELETE' }).catch(() => {}); this.#forget(); }

  /** Ask, follow the events, resume when the connection drops. @param {string} question @param {{body: HTMLElement}} turn */
  async #answer(question, turn) {
    const path = `/v1/conversations/${this.#key?.conversation_id}`; const idempotency = crypto.randomUUID();
    let last = ''; let sent = false;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      if (attempt) { this.#say(this.#t.lost); await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt)); }
      let reply;
      try {
        reply = sent
          ? await this.#fetch(`${path}/events`, { headers: { Accept: 'text/event-stream', 'Last-Event-ID': last } })
          : await this.#fetch(`${path}/messages`, { method: 'POST', body: JSON.stringify({ message: question }), headers: { Accept: 'text/event-stream', 'Idempotency-Key': idempotency } });
      } catch { continue; }
      if (!reply.ok || !reply.body) throw await this.#problem(reply);
      sent = true;
      try {
        for await (const event of events(reply.body)) {
          last = event.id || last;
          const data = JSON.parse(event.data);
          if (event.event === 'progress') this.#stage(turn, data.stage);
          else if (event.event === 'block') this.#preview(turn, data);
          else if (event.event === 'error') throw new Told(this.#t.server);
          else if (event.event === 'answer' || event.event === 'replace') return data;
        }
      } catch (error) { if (error instanceof Told) throw error; }
    }
    throw new Told(this.#t.server);
  }

  /* --------------------------------------------------------------- view */
  /** @param {string} question */
  #turn(question) {
    const level = this.#level + 1;
    const asked = h('p', { class: 'q' }, question); const body = h('div', { 'aria-busy': 'true' });
    const item = h('li', {}, h(`h${level}`, {}, this.#t.you), asked, h(`h${level}`, { tabindex: -1 }, this.#t.answer), body);
    this.#el.list.append(item); item.scrollIntoView({ block: 'nearest' });
    return { item, asked, body };
  }

  /** @param {{body: HTMLElement}} turn @param {string} stage */
  #stage(turn, stage) { const line = turn.body.querySelector('.w'); if (line) line.textContent = this.#t[stage] ?? this.#t.searching; }

  /** @param {{body: HTMLElement}} turn @param {{block: any, citations: any[]}} data */
  #preview(turn, data) {
    const marker = turn.body.querySelector('.w');
    const known = /** @type {any} */ (turn).known ??= new Map();
    for (const citation of data.citations) known.set(citation.number, citation);
    const block = this.#block(data.block, known); marker ? marker.before(block) : turn.body.append(block);
  }

  /** @param {{item: HTMLElement, asked: HTMLElement, body: HTMLElement}} turn @param {any} answer @param {boolean} [announce] */
  #show(turn, answer, announce = false) {
    const t = this.#t; const known = new Map(answer.citations.map((/** @type {any} */ c) => [c.number, c]));
    turn.asked.textContent = answer.question || turn.asked.textContent;
    turn.body.setAttribute('lang', answer.language); turn.body.setAttribute('aria-busy', 'false');
    const urgent = /^redirect_(crisis|emergency)/.test(answer.status);
    const notices = answer.notices.map((/** @type {any} */ n) => h('p', { class: 'note' }, n.text));
    const blocks = answer.blocks.map((/** @type {any} */ b) => this.#block(b, known));
    const spoken = h('div', { class: urgent ? 'alert' : null }, ...blocks);
    const level = `h${this.#level + 2}`;
    turn.body.replaceChildren(...(urgent ? [spoken, ...notices] : [...notices, spoken]),
      ...(answer.citations.length ? [h(level, {}, t.sources), h('ol', { class: 's' }, ...answer.citations.map((/** @type {any} */ c) => this.#source(c)))] : []),
      ...(answer.nearest_pages.length ? [h(level, {}, t.near), h('ul', { class: 's' }, ...answer.nearest_pages.map((/** @type {any} */ c) => this.#source(c)))] : []),
      ...(answer.follow_ups.length ? [h(level, {}, t.ask), h('div', { class: 'b' }, ...answer.follow_ups.map((/** @type {string} */ q) => h('button', { type: 'button', class: 'g', onclick: () => this.#send(q) }, q)))] : []),
      this.#feedback(answer.answer_id));
    if (announce) {
      const n = answer.citations.length;
      this.#say([t.done, ...answer.notices.map((/** @type {any} */ x) => x.text), answer.text.replace(/ ?\[\d+\]/g, ''), n === 1 ? t.onesource : n ? fill(t.nsources, { n }) : ''].join(' ').trim());
      turn.item.scrollIntoView({ block: 'nearest' });
      this.dispatchEvent(new CustomEvent('enquiry-chat:answered', { bubbles: true, composed: true, detail: { status: answer.status } }));
    }
  }

  /** @param {any} block @param {Map<number, any>} known */
  #block(block, known) {
    const marks = block.citations.map((/** @type {number} */ n) => {
      const url = known.has(n) ? safeUrl(known.get(n).deep_link) : null;
      return url ? h('sup', {}, h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, h('span', { class: 'v' }, fill(this.#t.cite, { n }) + ' ' + this.#t.newTab), h('span', { 'aria-hidden': 'true' }, `[${n}]`))) : null;
    });
    if (block.kind === 'list' || block.kind === 'steps') {
      const items = block.items.map((/** @type {string} */ item) => h('li', {}, item));
      items.at(-1)?.append(...marks.filter(Boolean));
      return h('div', {}, block.text ? h('p', {}, block.text) : null, h(block.kind === 'list' ? 'ul' : 'ol', {}, ...items));
    }
    if (block.kind === 'table') {
      const head = block.headers.length ? h('thead', {}, h('tr', {}, ...block.headers.map((/** @type {string} */ c) => h('th', { scope: 'col' }, c)))) : null;
      const rows = block.rows.map((/** @type {string[]} */ row) => h('tr', {}, ...row.map((cell, i) => h(i ? 'td' : 'th', { scope: i ? null : 'row' }, cell))));
      return h('div', { class: 't', tabindex: 0, role: 'region', 'aria-label': block.text || this.#t.answer }, h('table', {}, h('caption', {}, block.text, ...marks), head, h('tbody', {}, ...rows)));
    }
    return h('p', {}, block.text, ...marks);
  }

  /** @param {any} c */
  #source(c) {
    const t = this.#t; const url = safeUrl(c.deep_link) ?? safeUrl(c.url);
    const path = c.heading_path.slice(1).join(', ');
    const nations = c.nation ? c.nation.split('+').map((/** @type {string} */ n) => t[n] ?? n).join(', ') : '';
    const facts = [c.publisher, nations ? `${t.appliesTo} ${nations}` : '', c.updated_at ? `${t.updated} ${this.#date(c.updated_at)}` : '', c.locale !== this.#locale ? (c.locale === 'cy' ? t.welsh : t.english) : ''].filter(Boolean).join(' · ');
    const name = h('span', {}, c.title, path ? `: ${path}` : '');
    return h('li', {}, url ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, name, ' ', h('span', { class: 'v' }, t.newTab)) : name,
      c.quote ? h('blockquote', { lang: c.locale }, c.quote) : null, facts ? h('div', {}, facts) : null);
  }

  /** @param {string} iso */
  #date(iso) { return new Date(iso + 'T12:00:00Z').toLocaleDateString(this.#locale === 'cy' ? 'cy-GB' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }); }

  /** @param {string} id */
  #feedback(id) {
    const t = this.#t; const legend = h('legend', {}, t.useful); const box = h('fieldset', { class: 'fb' }, legend);
    const send = async (/** @type {boolean} */ useful, reason = '') => {
      const reply = await this.#fetch(`/v1/answers/${encodeURIComponent(id)}/feedback`, { method: 'POST', body: JSON.stringify({ useful, reason }) }).catch(() => null);
      const thanks = h('p', { tabindex: -1 }, reply?.ok ? t.thanks : t.server); box.replaceWith(thanks); thanks.focus();
    };
    const choices = (/** @type {[string, () => void][]} */ pairs) => h('div', { class: 'b' }, ...pairs.map(([text, onclick]) => h('button', { type: 'button', class: 'g', onclick }, text)));
    const ask = () => {
      legend.textContent = t.why;
      const reasons = ['wrong', 'unclear', 'not_my_question', 'other'];
      const buttons = choices(reasons.map((r) => [t[r], () => send(false, r)])); box.replaceChildren(legend, buttons);
      /** @type {HTMLElement} */ (buttons.firstElementChild).focus();
    };
    box.append(choices([[t.yes, () => send(true)], [t.no, ask]])); return box;
  }

  /** One polite live region; each text replaces the one before. @param {string} text */
  #say(text) { this.#el.status.textContent = text; }

  #counting() {
    const left = MAX - [.../** @type {HTMLTextAreaElement} */ (this.#el.input).value].length;
    this.#el.count.textContent = left < MAX / 5 ? fill(left < 0 ? this.#t.over : this.#t.left, { n: Math.abs(left) }) : '';
    this.#el.input.setAttribute('aria-describedby', left < MAX / 5 ? 'i c' : 'i');
  }

  /** @param {string} message */
  #fail(message) {
    const { error, input } = this.#el; error.hidden = !message;
    error.replaceChildren(...(message ? [h('span', { class: 'v' }, `${this.#t.error}: `), message] : []));
    input.setAttribute('aria-describedby', message ? 'e i' : 'i');
    message ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid');
    if (message) { this.#say(''); input.focus(); }
  }

  /** @param {boolean} on */
  #wait(on) {
    this.#busy = on; const { send, input } = this.#el;
    on ? send.setAttribute('aria-disabled', 'true') : send.removeAttribute('aria-disabled');
    /** @type {HTMLTextAreaElement} */ (input).readOnly = on;
  }
}
if (!customElements.get('enquiry-chat')) customElements.define('enquiry-chat', EnquiryChat);
