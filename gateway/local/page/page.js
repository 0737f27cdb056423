// The installer's page. Plain DOM, no framework and no build; everything it shows comes from /api.

import { codes, factNames, functions, identifiers, scanEnds, words } from './words.js';

/** Facts of a frame that say nothing about its meaning, or that stand above them already. */
const dull = new Set(['protocol', 'preamble_fe', 'address', 'control', 'direction', 'function', 'length', 'data_wire', 'checksum', 'di', 'crc_wire', 'unit',
  'meter_type', 'di_order', 'ser', 'transaction', 'function_code']);

let language = 0;
try { language = localStorage.getItem('anju-language') === 'en' ? 1 : 0; } catch { /* a browser that keeps nothing */ }
const fill = (pair, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), pair[language]);
const t = (key, ...values) => fill(words[key] ?? [key, key], ...values);
const code = (key, ...values) => fill(codes[key] ?? [key, key], ...values);
const clockTime = (ms) => new Date(ms).toLocaleTimeString(language ? 'en-GB' : 'zh-CN', { hour12: false });
const dateTime = (ms) => (ms ? new Date(ms).toLocaleString(language ? 'en-GB' : 'zh-CN', { hour12: false }) : t('never'));

const $ = (id) => document.getElementById(id);
/** h('p', { class: 'dim' }, 'text', child): properties that are functions are listeners. */
function h(tag, properties = {}, ...children) {
  const drawn = tag === 'svg' || tag === 'rect';
  const element = drawn ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

class Refused extends Error {
  constructor(status, answer) { super(answer.error ?? `${status}`); this.status = status; this.where = answer.where ?? ''; }
}
async function ask(path, body) {
  const abort = AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined;
  const send = { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Anju-Page': '1' }, body: JSON.stringify(body) };
  const answer = await fetch(path, { ...(body === undefined ? {} : send), signal: abort });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, value);
  return value;
}

/** One bar of parts: [class, number, label]. */
function bar(parts, whole = parts.reduce((sum, [, number]) => sum + number, 0)) {
  let x = 0;
  const rects = parts.map(([kind, number]) => {
    // What happened at all is seen, also once in ten thousand.
    const width = whole > 0 && number > 0 ? Math.max((number / whole) * 100, 1.5) : 0;
    const rect = h('rect', { class: kind, x: `${Math.min(x, 98.5)}%`, y: 0, width: `${width}%`, height: '100%' });
    x += width;
    return rect;
  });
  const told = parts.map(([, number, label]) => `${label} ${number}`).join(', ');
  return h('svg', { class: 'bar', role: 'img', 'aria-label': told }, rects);
}
function answers(counted) {
  const parts = [['good', counted.ok ?? 0, t('ok')], ['slow', counted.timeouts ?? 0, t('timeouts')],
    ['bad', counted.bad_frames ?? 0, t('bad_frames')], ['load', counted.refused ?? 0, t('refusals')]];
  if (parts.every(([, number]) => number === 0)) return h('p', { class: 'dim' }, t('none_yet'));
  const legend = parts.map(([kind, number, label]) => h('span', { class: kind }, `${label} ${number}`));
  return h('div', {}, bar(parts), h('div', { class: 'legend' }, legend));
}
const load = (line) => h('div', {}, bar([['load', line.busy_permille ?? 0, t('load')]], 1000), h('div', { class: 'legend' },
  h('span', { class: 'load' }, `${t('load')} ${Math.round((line.busy_permille ?? 0) / 10)} %`), line.waiting > 0 && h('span', {}, t('waits', line.waiting))));
const badge = (kind, text, name) => h('span', { class: `badge ${kind}`, 'data-testid': name }, text);
const pair = (label, value) => [h('dt', {}, label), h('dd', {}, value)];
const notice = (kind, text, name) => h('p', { class: `notice ${kind}`, role: 'status', 'data-testid': name }, text);

const card = (name, key, where, ...children) =>
  h('button', { class: 'card', type: 'button', 'data-key': key, 'data-testid': name, click: () => go(where) }, ...children);
/** What a noisy line looks like, with the evidence. */
const causes = (line) => (line.causes ?? []).map((one) => h('div', { class: one.confidence === 'possible' ? 'slow' : 'bad', 'data-testid': 'cause', 'data-cause': one.cause },
  one.text[language], ` (${one.how_sure[language]}${one.device && `, ${one.device}`}, ${t('seen_of', one.seen, one.of)})`));
const lineCard = (line) => card('line', line.id, `devices/${line.id}`,
  h('div', { class: 'row' }, h('span', { class: 'address grow' }, line.id), line.scanning ? badge('slow', t('scanning'), 'scanning') : badge(line.up ? 'good' : 'bad', t(line.up ? 'up' : 'down'))),
  h('div', { class: 'dim' }, line.uri), !line.up && h('div', { class: 'bad' }, line.why ?? ''),
  h('div', { class: line.silent ? 'slow' : 'good' }, t('silent_of', line.silent, line.devices)), answers(line), causes(line), load(line));
const standing = (device) => (device.usable === false ? badge('bad', t('unusable'))
  : badge(device.reachable ? 'good' : 'slow', t(device.reachable ? 'here' : 'silent'), 'reachable'));
const deviceCard = (device) => card('device', device.id, `device/${device.id}`,
  h('div', { class: 'row' }, h('span', { class: 'address grow' }, device.address), standing(device)),
  h('div', { class: 'dim' }, `${device.id} · ${device.line}${device.relay && device.relay !== 'unknown' ? ` · ${t(device.relay)}` : ''}`), answers(device));
const signal = (dbm) => h('div', {}, bar([[dbm > -67 ? 'good' : dbm > -80 ? 'slow' : 'bad', Math.min(Math.max(dbm + 100, 2), 60), t('signal')]], 60),
  h('div', { class: 'legend' }, `${t('signal')} ${dbm} dBm`));
const networkCard = (one) => h('div', { class: 'card' },
  h('div', { class: 'row' }, h('span', { class: 'address grow' }, one.name), badge(one.up ? 'good' : 'bad', t(one.up ? 'connected' : 'no_carrier'))),
  h('div', { class: 'dim' }, one.addresses.join(' · ')), one.signal_dbm !== null && signal(one.signal_dbm));

// What is on the screen: each view builds its frame once and refreshes only what changes.
const views = {
  lines(root) {
    const list = h('div', {});
    root.append(list);
    return async () => {
      const state = await ask('/api/state');
      $('title').textContent = `${t('title')} ${state.gateway}`;
      list.replaceChildren(
        ...(state.clock_set ? [] : [notice('bad', t('clock_bad'))]),
        ...(state.lines.length ? [] : [notice('slow', t('no_archive'))]), ...state.lines.map(lineCard),
        ...(state.lines.length ? [h('button', { type: 'button', class: 'main', 'data-key': 'scan', 'data-testid': 'scan-open', click: () => go('scan') }, t('scan'))] : []));
    };
  },

  devices(root, chosen = '') {
    const line = h('select', { 'aria-label': t('line'), change: () => go(`devices/${line.value}`) }, h('option', { value: '' }, t('all_lines')));
    const again = () => { shown = 1; refreshNow(); };
    const search = h('input', { type: 'search', inputmode: 'numeric', placeholder: t('search'), 'aria-label': t('search'), maxlength: 32,
      'data-testid': 'search', input: again });
    const silent = h('input', { type: 'checkbox', change: again });
    const count = h('p', { class: 'dim', role: 'status' }), list = h('div', {});
    const more = h('button', { type: 'button', class: 'main', hidden: true, click: () => { shown += 1; refreshNow(); } }, t('more'));
    let shown = 1, known = false;
    root.append(h('div', { class: 'stack' }, line, search, h('label', { class: 'check' }, silent, t('only_silent'))), count, list, more);
    return async () => {
      if (!known) {
        for (const { id } of (await ask('/api/state')).lines) line.append(h('option', { value: id }, id));
        line.value = chosen;
        known = true;
      }
      const wanted = search.value.replace(/[^0-9A-Za-z_-]/g, ''), all = [];
      let total = 0;
      for (let page = 0; page < shown; page += 1) {
        const part = await ask(`/api/devices?line=${chosen}&search=${wanted}&silent=${silent.checked ? 1 : 0}&from=${all.length}`);
        total = part.total;
        all.push(...part.devices);
      }
      count.textContent = total ? t('shown', all.length, total) : t('nothing');
      more.hidden = all.length >= total;
      list.replaceChildren(...all.map(deviceCard));
    };
  },

  device(root, id) {
    const head = h('div', {}), live = h('div', { class: 'values', 'data-testid': 'live' });
    const test = h('div', { 'data-testid': 'test' }), said = h('div', {});
    const look = h('button', { type: 'button', class: 'main', 'data-testid': 'look', click: () => {
      until = Date.now() + 10 * 60_000; looked = 0; again = true; refreshNow();
    } }, t('look'));
    const checked = h('input', { type: 'checkbox', 'data-testid': 'test-check', change: () => { begin.disabled = !checked.checked; } });
    const number = h('p', { class: 'address' });
    const begin = h('button', { type: 'button', class: 'danger', disabled: true, 'data-testid': 'test-go', click: () => start() }, t('test_go'));
    const confirm = h('div', { class: 'card stack', hidden: true }, number, h('label', { class: 'check' }, checked, t('test_check')), begin,
      h('button', { type: 'button', click: () => { confirm.hidden = true; open.hidden = false; } }, t('cancel')));
    const open = h('button', { type: 'button', class: 'danger', hidden: true, 'data-testid': 'test-open', click: () => {
      confirm.hidden = false; open.hidden = begin.disabled = true; checked.checked = false;
    } }, t('test_begin'));
    let until = 0, looked = 0, again = false, device;
    const start = async (more = {}) => {
      confirm.hidden = true;
      said.replaceChildren();
      try {
        await ask('/api/switch-test', { device: id, address: device.address, ...more });
      } catch (error) {
        said.replaceChildren(notice('bad', error instanceof Refused ? code(error.message) : t('offline')));
      }
      refreshNow();
    };
    const back = h('button', { type: 'button', click: () => go(`devices/${device?.line ?? ''}`) }, t('back'));
    root.append(back, head, h('h2', {}, t('live')), live, look,
      h('h2', {}, t('test')), h('p', { class: 'dim' }, t('test_what')), said, test, open, confirm);
    return async () => {
      const now = Date.now();
      if (now < until && now - looked > 25_000) {
        looked = now;
        await ask('/api/look', { device: id, read: again ? '1' : '0' });
        again = false;
      }
      device = await ask(`/api/device?id=${id}`);
      number.textContent = device.address;
      const drift = device.clock_offset_s ?? undefined;
      const facts = h('dl', {}, pair(t('line'), device.line), pair(t('protocol'), `${device.dialect} ${device.model}`),
        pair(t('last_seen'), dateTime(device.last_seen)), pair(t('delay'), `${device.p50_ms} / ${device.p99_ms} ms`),
        pair(t('relay'), h('span', { 'data-testid': 'relay', 'data-relay': device.relay }, t(device.relay ?? 'unknown'))),
        pair(t('keep_power'), t(device.keep_power ? 'yes' : 'no')), drift === undefined ? [] : pair(t('clock'), `${drift} s`));
      head.replaceChildren(h('div', { class: 'row' }, h('h2', { class: 'address grow' }, device.address), standing(device)), answers(device), facts);
      const value = (label, text, name, wide) => text !== undefined
        && h('div', { class: wide ? 'card wide' : 'card' }, h('div', { class: 'dim' }, label), h('div', { class: 'big', 'data-testid': name }, text));
      const values = device.live ?? {}, total = device.reading?.total ?? values.energy;
      live.replaceChildren(...[
        value(t('voltage'), values.voltage_v, 'voltage'), value(t('current'), values.current_a), value(t('power'), values.power_kw),
        value(`${t('register')} ${device.kind === 'electricity' ? 'kWh' : 'm³'}`, total, 'register'),
        value(t('tariffs'), device.reading?.tariffs?.join(' / '), 'tariffs', true)].filter(Boolean));
      const wait = now < until && !device.live && !device.reading;
      if (device.read_reason) live.append(notice('bad', code(device.read_reason)));
      else if (wait) live.append(h('p', { class: 'dim' }, t('looking')));
      const running = device.test?.result === 'running';
      open.hidden = !device.has_switch || !device.usable || running || !confirm.hidden;
      const left = device.test?.result === 'left_open' && device.test.step === 'done';  // else it is being tried
      const close = () => h('button', { type: 'button', class: 'main', 'data-key': 'close', click: () => start({ close: '1' }) }, t('close_again'));
      test.replaceChildren(...(device.test ? steps(device.test) : []), ...(left ? [close()] : []),
        ...(device.has_switch ? [] : [h('p', { class: 'dim' }, code('no_switch'))]));
    };
  },

  scan(root, chosen = '') {
    const line = h('select', { 'aria-label': t('line'), 'data-testid': 'scan-line' });
    const protocols = [['dlt645', 'DL/T645'], ['cjt188', 'CJ/T188'], ['modbus', 'Modbus RTU']].map(([name, label]) => {
      const box = h('input', { type: 'checkbox', checked: true, value: name, 'data-testid': `scan-${name}` });
      return [box, h('label', { class: 'check' }, box, label)];
    });
    const quick = h('input', { type: 'checkbox', 'data-testid': 'scan-quick' });
    const said = h('div', {}), progress = h('div', { role: 'status', 'data-testid': 'scan-progress' }), list = h('div', {});
    const send = async (path, body) => {
      said.replaceChildren();
      try {
        await ask(path, body);
      } catch (error) {
        said.replaceChildren(notice('bad', error instanceof Refused ? code(error.message, error.where) : t('offline'), 'scan-error'));
      }
      refreshNow();
    };
    const begin = h('button', { type: 'button', class: 'main', 'data-testid': 'scan-go', click: () => send('/api/scan',
      { line: line.value, protocols: protocols.filter(([box]) => box.checked).map(([box]) => box.value), quick: quick.checked ? '1' : '0' }) }, t('scan_go'));
    const stop = h('button', { type: 'button', class: 'danger', hidden: true, 'data-testid': 'scan-stop', click: () => send('/api/scan/cancel', {}) }, t('scan_stop'));
    const form = h('div', { class: 'card stack' }, h('p', { class: 'dim' }, t('scan_what')), line, protocols.map(([, label]) => label), h('label', { class: 'check' }, quick, t('scan_quick')), begin);
    const result = h('a', { class: 'button', href: '/api/scan/result.json', download: true, hidden: true, 'data-testid': 'scan-result' }, t('download_found'));
    root.append(h('button', { type: 'button', click: () => go('lines') }, t('back')), h('h2', {}, t('scan')), form, said, progress, stop, list, result);
    return async () => {
      if (!line.options.length) {
        for (const { id, uri } of (await ask('/api/state')).lines) line.append(h('option', { value: id }, `${id} · ${uri}`));
        if (chosen) line.value = chosen;
      }
      const { scan } = await ask('/api/scan');
      form.hidden = scan?.running ?? false;
      stop.hidden = !form.hidden;
      if (!scan) return;
      const span = (seconds) => t('minutes', Math.floor(seconds / 60), seconds % 60);
      const again = scan.seconds_left - scan.round_seconds_left;
      const left = again > 0 ? t('scan_left_once', span(scan.round_seconds_left), span(again)) : t('scan_left', span(scan.seconds_left));
      const whole = scan.running ? Math.max(scan.seconds_left + (Date.now() - started(scan)) / 1000, 1) : 1;
      progress.replaceChildren(h('div', { class: 'card' },
        h('div', { class: 'row' }, h('span', { class: 'address grow' }, scan.line), badge(scan.running ? 'slow' : 'good', t('scan_found', scan.found.length), 'scan-count')),
        scan.running && bar([['load', whole - scan.seconds_left, t('scan_asked', scan.asked)]], whole),
        h('div', { class: 'dim' }, scan.running ? `${scan.trying} · ${t('scan_asked', scan.asked)} · ${left}` : fill(scanEnds[scan.why] ?? codes[scan.why] ?? [scan.why, scan.why])),
        scan.unclear > 0 && h('div', { class: 'slow' }, t('scan_unclear', scan.unclear)), scan.noise && h('div', { class: 'slow' }, t('scan_noise'))));
      progress.dataset.scan = scan.running ? 'running' : scan.why;
      result.hidden = scan.running || scan.found.length === 0;
      list.replaceChildren(...scan.found.map(foundCard));
    };
  },

  accept(root) {
    let name = '';
    try { name = localStorage.getItem('anju-installer') ?? ''; } catch { /* asked for each time */ }
    const chosen = new Map();
    const installer = h('input', { maxlength: 20, value: name, autocomplete: 'name', id: 'installer', 'data-testid': 'installer' });
    const search = h('input', { type: 'search', inputmode: 'numeric', placeholder: t('search'), 'aria-label': t('search'), maxlength: 32, input: () => draw() });
    const list = h('div', {}), count = h('p', { class: 'dim', role: 'status' }), said = h('div', {}), state = h('div', { 'data-testid': 'acceptance' });
    const numbers = h('p', { class: 'address' });
    const checked = h('input', { type: 'checkbox', 'data-testid': 'accept-check', change: () => arm() });
    const confirm = h('div', { class: 'stack' }, numbers, h('label', { class: 'check' }, checked, t('accept_check')));
    const begin = h('button', { type: 'button', class: 'main', 'data-testid': 'accept-go', click: () => start() }, t('accept_go'));
    const choice = h('details', { 'data-testid': 'accept-switches', toggle: () => draw() }, h('summary', {}, t('accept_switch')), search, list);
    const form = h('div', { class: 'card stack' }, h('p', { class: 'dim' }, t('accept_what')), h('label', { for: 'installer' }, t('installer')), installer, choice, count, confirm, begin);
    const stop = h('button', { type: 'button', class: 'danger', hidden: true, 'data-testid': 'accept-stop', click: () => send('/api/acceptance/cancel', {}) }, t('accept_stop'));
    const again = h('button', { type: 'button', hidden: true, 'data-testid': 'accept-again', click: () => { wanted = true; refreshNow(); } }, t('accept_again'));
    let wanted = false, shown, asked = 0;
    const arm = () => {
      count.textContent = chosen.size ? t('chosen', chosen.size) : '';
      confirm.hidden = chosen.size === 0;
      numbers.textContent = [...chosen.values()].join(' · ');
      begin.className = chosen.size ? 'danger' : 'main';
      begin.disabled = chosen.size > 0 && !checked.checked;
    };
    const draw = async () => {
      if (!choice.open) return;
      const mine = ++asked;
      const found = await ask(`/api/devices?search=${search.value.replace(/[^0-9A-Za-z_-]/g, '')}`).catch(() => ({ devices: [] }));
      if (mine !== asked) return;  // typed on meanwhile
      const more = found.total > found.devices.length ? [h('p', { class: 'dim' }, t('shown', found.devices.length, found.total))] : [];
      list.replaceChildren(...more, ...found.devices.filter((one) => one.has_switch && one.usable).map((one) => {
        const box = h('input', { type: 'checkbox', checked: chosen.has(one.id), 'data-testid': 'accept-device', value: one.address, change: () => {
          if (box.checked) chosen.set(one.id, one.address); else chosen.delete(one.id);
          checked.checked = false;  // it was said of another list
          arm();
        } });
        return h('label', { class: 'check' }, box, h('div', {}, h('div', { class: 'address' }, one.address), h('div', { class: 'dim' }, `${one.id} · ${one.line}`)));
      }));
    };
    const send = async (path, body) => {
      said.replaceChildren();
      try {
        await ask(path, body);
        wanted = false;
      } catch (error) {
        said.replaceChildren(notice('bad', error instanceof Refused ? code(error.message, error.where === 'installer' ? t('installer') : error.where) : t('offline'), 'accept-error'));
      }
      refreshNow();
    };
    const start = () => {
      try { localStorage.setItem('anju-installer', installer.value); } catch { /* asked for each time */ }
      send('/api/acceptance', { installer: installer.value, switches: [...chosen].map(([device, address]) => ({ device, address })) });
    };
    arm();
    root.append(h('h2', {}, t('accept')), state, said, stop, again, form);
    return async () => {
      const { acceptance, kept_error: damaged } = await ask('/api/acceptance');
      const over = acceptance?.step === 'done';
      const lost = damaged ? [notice('bad', t('kept_bad', damaged), 'kept-error')] : [];
      form.hidden = Boolean(acceptance) && !(over && wanted);
      stop.hidden = !acceptance || over;
      again.hidden = !over || wanted;
      if (!acceptance) return state.replaceChildren(...lost);
      const now = over && `${acceptance.ended} ${JSON.stringify(acceptance.changed)}`;
      if (over && shown === now) return;
      shown = over ? now : undefined;
      if (over) return state.replaceChildren(...outcome(await ask('/api/acceptance/report.json'), acceptance));
      const { devices, devices_done, tests, tests_done } = acceptance.progress;
      const text = { reading: t('at_reading', devices_done, devices), switching: t('at_switching', tests_done, tests), settling: t('at_settling') }[acceptance.step];
      state.replaceChildren(h('div', { class: 'card' }, bar([['load', devices_done + tests_done, text]], Math.max(devices + tests, 1)), h('div', { role: 'status', 'data-testid': 'accept-step' }, text)));
    };
  },

  trace(root, chosen = '') {
    const line = h('select', { 'aria-label': t('line'), change: () => go(`trace/${line.value}`) });
    const pause = h('button', { type: 'button', click: () => {
      paused = !paused;
      pause.textContent = t(paused ? 'go_on' : 'pause');
    } }, t('pause'));
    // Passwords go by in the clear; who asks for them starts the list anew, with them.
    const secrets = h('input', { type: 'checkbox', 'data-testid': 'passwords', change: () => { list.replaceChildren(); after = 0; } });
    const status = h('p', { class: 'dim', role: 'status' }, t('listening')), list = h('div', { 'data-testid': 'trace' });
    let after = 0, paused = false;
    root.append(h('div', { class: 'row tools' }, h('div', { class: 'grow' }, line), h('label', {}, secrets, ' ', t('passwords')), pause), status, list);
    return async () => {
      if (!line.options.length) {
        for (const { id } of (await ask('/api/state')).lines) line.append(h('option', { value: id }, id));
        if (chosen) line.value = chosen;
      }
      if (paused || !line.value) return;
      const shown = secrets.checked;
      const { last, traces } = await ask(`/api/trace?line=${line.value}&after=${after}${shown ? '&passwords=1' : ''}`);
      if (shown !== secrets.checked) return;
      if (last < after) { list.replaceChildren(); after = 0; return; }  // the gateway began anew
      for (const one of traces) if (one.number > after) list.prepend(exchange(one));
      after = last;
      status.hidden = list.children.length > 0;
      while (list.children.length > 100) list.lastChild.remove();
    };
  },

  gateway(root) {
    const all = h('div', {});
    root.append(all);
    return async () => {
      const state = await ask('/api/state');
      const { broker, spool, network } = state;
      all.replaceChildren(
        ...(state.clock_set ? [] : [notice('bad', t('clock_bad'))]),
        h('h2', {}, t('broker')), h('div', { class: 'card' },
          badge(broker.connected ? 'good' : 'bad', t(broker.connected ? 'connected' : 'not_connected'), 'broker'),
          !broker.connected && h('p', { class: 'dim' }, broker.why),
          h('dl', {}, pair(t('unacknowledged'), `${spool.unacknowledged + spool.waiting}`),
            pair(t('spool'), `${Math.round(spool.used_bytes / 1024)} KiB${spool.full ? ` ${t('full')}` : ''}`))),
        h('h2', {}, t('network')), ...(network.length ? network.map(networkCard) : [h('p', { class: 'dim' }, t('no_network'))]),
        h('h2', {}, t('title')), h('div', { class: 'card' }, h('dl', {}, pair(t('site'), state.site), pair(t('title'), state.gateway),
          pair(t('software'), state.software), pair(t('archive'), `${state.archive_version}`), pair(t('started'), dateTime(state.started_at)))));
    };
  },
};

const began = new Map();
/** When this page saw a scan first: its clock is the telephone's, the scan's is the gateway's. */
function started(scan) {
  if (!began.has(scan.began)) began.set(scan.began, Date.now());
  return began.get(scan.began);
}

function foundCard(one) {
  const delay = one.slowest_ms === null ? '' : ` · ${one.quickest_ms}–${one.slowest_ms} ms`;
  const register = one.total === null ? '–' : `${one.total} ${one.unit === 'm3' ? 'm³' : one.unit}`;
  const models = (one.models ?? []).map((fit) => fit.model).join(' / ');
  return h('div', { class: 'card', 'data-testid': 'found', 'data-address': one.address },
    h('div', { class: 'row' }, h('span', { class: 'address grow' }, one.address),
      one.answers ? badge(one.unknown ? 'slow' : 'good', t(one.unknown ? 'not_known' : 'known')) : badge('bad', t('no_whole'))),
    h('div', { class: 'dim' }, `${one.dialect} · ${one.baud} ${one.format}`),
    h('dl', {}, pair(t('register'), register), one.state ? pair(t('relay'), one.dialect.startsWith('dlt645') ? t(one.state) : one.state) : [], pair(t('quality'), `${one.answered}/${one.asked}${delay}`),
      models ? pair(t('models'), models) : []));
}

/** What an acceptance came to, and its report; above both, what it does not speak for any more. */
function outcome(report, { kept, why_not_kept: why }) {
  const kind = { passed: 'good', remarks: 'slow', failed: 'bad', incomplete: 'slow' };
  const findings = (found) => found.map((one) => h('div', { class: one.fails ? 'bad' : 'slow', 'data-code': one.code }, one.text[language], one.detail && ` (${fill(codes[one.detail] ?? [one.detail, one.detail])})`));
  const marked = report.devices.filter((device) => device.verdict !== 'passed');
  const file = (name, key, test, more) => h('a', { class: 'button', href: `/api/acceptance/report.${name}`, 'data-testid': test, ...more }, t(key));
  const changes = report.changed && ['added', 'removed', 'altered'].filter((one) => report.changed[one].count).map((one) => {
    const { count, devices } = report.changed[one];
    return h('div', { 'data-testid': `changed-${one}` }, `${t(`changed_${one}`, count)}: ${devices.map((device) => device.address).join(', ')}${count > devices.length ? ' …' : ''}`);
  });
  return [
    ...(changes ? [h('div', { class: 'card bad', role: 'alert', 'data-testid': 'changed' }, t('changed', dateTime(report.ended)), changes)] : []),
    ...(kept ? [] : [notice('slow', t('not_kept', code(why)), 'not-kept')]),
    notice(changes && report.verdict === 'passed' ? 'slow' : kind[report.verdict], `${t(`v_${report.verdict}`)} · ${dateTime(report.ended)}`, `verdict-${report.verdict}`),
    h('p', { class: 'dim' }, `${report.installer} · ${dateTime(report.began)} · ${t('of_devices', report.devices.length, report.devices.length - marked.length)}`),
    file('html', 'report_open', 'report-html', { target: '_blank', rel: 'noopener' }), file('json', 'report_json', 'report-json', { download: true }),
    ...(report.found.length ? [h('div', { class: 'card', 'data-testid': 'site-findings' }, findings(report.found))] : []),
    ...marked.map((device) => h('div', { class: 'card', 'data-testid': 'marked' },
      h('div', { class: 'row' }, h('span', { class: 'address grow' }, device.address), badge(kind[device.verdict], t(`v_${device.verdict}`))), findings(device.found)))];
}

function steps(test) {
  const order = ['reading', 'tripping', 'closing'], at = order.indexOf(test.step === 'awaiting_button' ? 'closing' : test.step);
  const taken = { reading: 0, tripping: test.opened_after_ms, closing: test.closed_after_ms };
  // Of a test that is over: what was seen to happen.
  const seen = { reading: test.opened_after_ms > 0 || test.closed_after_ms > 0, tripping: test.opened_after_ms > 0, closing: test.closed_after_ms > 0 };
  const kind = (step, i) => (test.step === 'done' ? (seen[step] ? 'done' : '') : i < at ? 'done' : i === at ? 'now' : '');
  const time = (step) => (taken[step] ? ` ${(taken[step] / 1000).toFixed(1)} s` : '');
  const list = h('ol', { class: 'steps' }, order.map((step, i) => h('li', { class: kind(step, i) }, t(`step_${step}`), time(step))));
  if (test.step === 'awaiting_button') return [list, notice('slow', t('awaiting_button'))];
  if (test.result === 'running') return [list];
  const how = { passed: 'good', refused: 'slow', failed: 'bad', left_open: 'bad' }[test.result];
  return [list, notice(how, test.reason ? `${t(test.result)}: ${code(test.reason)}` : t(test.result), `test-${test.result}`)];
}

/** One question and its answer, as they were on the wire, and what they mean. */
function exchange(one) {
  const frame = (kind, label, bytes) => {
    if (!bytes) return h('div', { class: 'frame none' }, `${label}: ${code(one.outcome === 'ok' ? 'no_answer' : one.outcome)}`);
    const { facts, hex } = bytes, known = facts.di && identifiers[facts.di];
    const named = facts.function && fill(functions[facts.function] ?? [facts.function, facts.function]);
    const what = [named, known ? fill(known) : facts.di].filter(Boolean).join(' · ');
    const told = Object.entries(facts).filter(([key]) => !dull.has(key));
    const text = (value) => (value === null ? '–' : Array.isArray(value) ? value.map((item) => item ?? '–').join(' / ') : `${value}`);
    return h('div', { class: `frame ${kind}` }, h('div', {}, `${label}: ${facts.error ? code(facts.error) : what}`),
      told.length > 0 && h('dl', { 'data-testid': `${kind}-facts` }, told.map(([key, value]) => pair(factNames[key] ? fill(factNames[key]) : key, text(value)))),
      h('div', { class: 'hex', lang: 'zxx' }, hex.replace(/(..)(?=.)/g, '$1 ')));
  };
  return h('article', { class: 'card', 'data-testid': 'exchange' },
    h('div', { class: 'row' },
      h('span', { class: 'grow' }, h('span', { class: 'number' }, clockTime(one.at)), ' ', h('strong', {}, one.address || one.device || '?')),
      badge(one.outcome === 'ok' ? 'good' : 'bad', one.outcome === 'ok' ? `${one.delay_ms} ms` : code(one.outcome))),
    frame('request', t('asked'), one.request), frame('reply', t('answered'), one.reply));
}

function login(main) {
  const pin = h('input', { class: 'pin', type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 8, id: 'pin',
    'data-testid': 'pin', 'aria-describedby': 'pin-help' });
  const said = h('div', {});
  const send = async (event) => {
    event.preventDefault();
    try {
      await ask('/api/login', { pin: pin.value });
      show();
    } catch (error) {
      pin.value = '';
      const why = error instanceof Refused ? code(error.message, error.where) : t('offline');
      said.replaceChildren(notice('bad', why, 'login-error'));
      pin.focus();
    }
  };
  main.replaceChildren(h('form', { class: 'stack', submit: send },
    h('label', { for: 'pin' }, h('h2', {}, t('pin'))), pin, h('p', { class: 'dim', id: 'pin-help' }, t('pin_help')), said,
    h('button', { class: 'main', 'data-testid': 'enter' }, t('enter'))));
  pin.focus();
}

let refresh = async () => {}, timer, showing = 0, pressed = 0;
const go = (where) => { location.hash = `#/${where}`; };
/** What the address asks for: a view and its argument, an id or nothing. */
function place() {
  const [name, argument] = location.hash.replace(/^#\//, '').split('/');
  return [Object.hasOwn(views, name) ? name : 'lines', /^[A-Za-z0-9_-]*$/.test(argument ?? '') ? argument : ''];
}

function leaveToLogin() {
  clearTimeout(timer);
  showing += 1;
  $('tabs').hidden = $('leave').hidden = true;
  login($('main'));
}

function show() {
  const [name, argument] = place();
  const main = $('main');
  clearTimeout(timer);
  showing += 1;
  document.documentElement.lang = language ? 'en' : 'zh-CN';
  $('language').textContent = t('other');
  $('leave').textContent = t('leave');
  $('tabs').hidden = $('leave').hidden = false;
  const tab = name === 'device' ? 'devices' : name === 'scan' ? 'lines' : name;
  $('tabs').replaceChildren(...['lines', 'devices', 'trace', 'accept', 'gateway'].map((one) => h('button', { type: 'button',
    'aria-current': one === tab ? 'page' : undefined, 'data-testid': `tab-${one}`, click: () => go(one) }, t(one))));
  const root = h('div', {});
  main.replaceChildren(root);
  refresh = views[name](root, argument || undefined);
  scrollTo(0, 0);
  refreshNow();
}

/** Once now, and again a moment after each answer; a hidden page rests. */
async function refreshNow() {
  clearTimeout(timer);
  const mine = showing;
  const later = (ms) => { if (mine === showing) { clearTimeout(timer); timer = setTimeout(refreshNow, ms); } };
  // A finger that is down would lose its target.
  if (document.hidden || Date.now() - pressed < 2000) return later(300);
  const focused = document.activeElement?.dataset?.key;
  try {
    await refresh();
    $('offline').hidden = true;
    if (focused && mine === showing) document.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
    later(1500);
  } catch (error) {
    if (mine !== showing) return;
    if (error instanceof Refused && error.status === 401) return leaveToLogin();
    $('offline').hidden = false;
    $('offline').textContent = error instanceof Refused ? code(error.message) : t('offline');
    later(3000);
  }
}

$('language').addEventListener('click', () => {
  language = 1 - language;
  try { localStorage.setItem('anju-language', language ? 'en' : 'zh'); } catch { /* asked again next time */ }
  show();
});
$('leave').addEventListener('click', async () => { await ask('/api/logout', {}).catch(() => {}); leaveToLogin(); });
addEventListener('pointerdown', () => { pressed = Date.now(); });
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(() => { pressed = 0; }, 50));
addEventListener('hashchange', show);
show();
