// The flow: what somebody who builds prepaid metering with Node-RED and SQLite would wire. Readings are subscribed to with QoS 1, parsed,
// deducted from balances that the flow keeps in its context (memory), stored with the new balances, and acknowledged when they are stored.
// Three ways to store, because people build all of them:
//
// - group: while one transaction is being stored, what arrives waits, and all of it is stored in the next. In the SQLite node's batch mode a
//   transaction is one text with multi-row INSERTs. The fastest that we could build; it asks for code in function nodes, not for wires.
// - message: one transaction per message that arrives, written the same way.
// - reading: the node's prepared statements, one to store a reading and one to store the balance, as the node's examples show; SQLite makes
//   a transaction of each.
//
// In all three the database is in WAL mode with synchronous=FULL, as ours is; the node's own setting, a rollback journal, is slower. All do
// less than Anju: no authentication codes are checked, no duplicates or gaps looked for, no double entry, no trips, warnings, sums of days or
// months; prices and money are floating point; the balances in memory are not loaded after a restart.

export const ways = ['group', 'message', 'reading'] as const;
export type Way = (typeof ways)[number];

/** Node-RED runs these as the body of a function of msg. */
const collect = `
const waiting = flow.get('waiting') || [];
const up = JSON.parse(msg.payload.slice(65));
up.gateway = msg.topic.split('/')[3];
waiting.push(up);
flow.set('waiting', waiting);
if (flow.get('storing')) return null;
flow.set('storing', true);
return { payload: null };
`;

// Each function node has a context of its own, so what waits is kept in the flow's.
const transaction = `
const batch = msg.batch || flow.get('waiting') || [];
if (batch.length === 0) { flow.set('storing', false); return null; }
if (!msg.batch) flow.set('waiting', []);
let meters = flow.get('meters');
if (!meters) flow.set('meters', meters = new Map());
const readings = [], changed = new Map(), through = new Map();
for (const up of batch) {
  through.set(up.gateway, { epoch: up.epoch, through: up.seq + up.events.length - 1 });
  for (const event of up.events) {
    for (const reading of event.readings) {
      let meter = meters.get(reading.device);
      if (!meter) meters.set(reading.device, meter = { total: 0, balance: 1000 });
      const total = Number(reading.total);
      const amount = (total - meter.total) * 0.6;
      meter.total = total;
      meter.balance -= amount;
      readings.push("('" + reading.device + "'," + reading.at + ',' + total + ',' + reading.tariffs.join(',') + ',' + amount.toFixed(6) + ',' + meter.balance.toFixed(6) + ')');
      changed.set(reading.device, meter);
    }
  }
}
const balances = [];
for (const [device, meter] of changed) balances.push("('" + device + "'," + meter.total + ',' + meter.balance.toFixed(6) + ')');
return {
  topic: 'BEGIN; INSERT INTO reading VALUES ' + readings.join(',') + '; INSERT OR REPLACE INTO meter VALUES ' + balances.join(',') + '; COMMIT;',
  through,
};
`;

// What was stored is acknowledged per gateway, then the next transaction begins.
const acknowledge = `
const acks = [];
for (const [gateway, ack] of msg.through) acks.push({ topic: 'anju/v1/bench/' + gateway + '/down/ack', payload: '0'.repeat(64) + ' ' + JSON.stringify(ack) });
return [acks, { payload: null }];
`;

export const schema = 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS reading(device TEXT, at INTEGER, total REAL, '
  + 'sharp REAL, peak REAL, flat REAL, valley REAL, amount REAL, balance REAL); CREATE TABLE IF NOT EXISTS meter(device TEXT PRIMARY KEY, total REAL, balance REAL);';

// One message per reading for the statements, and in the end the message that is acknowledged.
const single = `
let meters = flow.get('meters');
if (!meters) flow.set('meters', meters = new Map());
const up = JSON.parse(msg.payload.slice(65));
const rows = [];
for (const event of up.events) {
  for (const reading of event.readings) {
    let meter = meters.get(reading.device);
    if (!meter) meters.set(reading.device, meter = { total: 0, balance: 1000 });
    const total = Number(reading.total);
    const amount = (total - meter.total) * 0.6;
    meter.total = total;
    meter.balance -= amount;
    const [sharp, peak, flat, valley] = reading.tariffs;
    rows.push({ params: { $device: reading.device, $at: reading.at, $total: total, $sharp: sharp, $peak: peak, $flat: flat, $valley: valley, $amount: amount, $balance: meter.balance } });
  }
}
rows[rows.length - 1].through = new Map([[msg.topic.split('/')[3], { epoch: up.epoch, through: up.seq + up.events.length - 1 }]]);
return [rows];
`;
const toBalance = `const { $device, $total, $balance } = msg.params; msg.params = { $device, $total, $balance }; return msg;`;
const acknowledgeLast = acknowledge.replace('const acks', 'if (!msg.through) return null;\nconst acks');
const alone = `return { batch: [Object.assign(JSON.parse(msg.payload.slice(65)), { gateway: msg.topic.split('/')[3] })] };`;

/** flows.json of a broker's port and a database file. */
export function flow(port: number, database: string, way: Way): unknown[] {
  const inFlow = (node: Record<string, unknown>) => ({ z: 'tab', x: 0, y: 0, ...node });
  const code = (id: string, func: string, wires: string[][]) => inFlow({ id, type: 'function', func, outputs: wires.length, timeout: 0, noerr: 0, initialize: '', finalize: '', libs: [], wires });
  return [
    { id: 'tab', type: 'tab', label: 'prepaid metering', disabled: false },
    { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(port), clientid: 'peer', autoConnect: true, usetls: false, protocolVersion: '5',
      keepalive: '60', cleansession: true, autoUnsubscribe: true },
    { id: 'database', type: 'sqlitedb', db: database, mode: 'RWC' },
    inFlow({ id: 'begin', type: 'inject', props: [{ p: 'topic', vt: 'str' }], topic: schema, once: true, onceDelay: 0.1, repeat: '', crontab: '', wires: [['create']] }),
    inFlow({ id: 'create', type: 'sqlite', mydb: 'database', sqlquery: 'batch', sql: '', wires: [[]] }),
    inFlow({ id: 'readings', type: 'mqtt in', topic: 'anju/v1/bench/+/up', qos: '1', datatype: 'utf8', broker: 'broker', nl: false, rap: true, rh: 0, inputs: 0, wires: [['collect']] }),
    ...(way === 'reading' ? [
      code('collect', single, [['insert']]),
      inFlow({ id: 'insert', type: 'sqlite', mydb: 'database', sqlquery: 'prepared',
        sql: 'INSERT INTO reading VALUES ($device, $at, $total, $sharp, $peak, $flat, $valley, $amount, $balance)', wires: [['balance']] }),
      code('balance', toBalance, [['update']]),
      inFlow({ id: 'update', type: 'sqlite', mydb: 'database', sqlquery: 'prepared', sql: 'INSERT OR REPLACE INTO meter VALUES ($device, $total, $balance)', wires: [['acknowledge']] }),
      code('acknowledge', acknowledgeLast, [['acks'], []]),
    ] : [
      code('collect', way === 'group' ? collect : alone, [['transaction']]),
      code('transaction', transaction, [['store']]),
      inFlow({ id: 'store', type: 'sqlite', mydb: 'database', sqlquery: 'batch', sql: '', wires: [['acknowledge']] }),
      code('acknowledge', acknowledge, [['acks'], way === 'group' ? ['transaction'] : []]),
    ]),
    inFlow({ id: 'acks', type: 'mqtt out', topic: '', qos: '1', retain: 'false', broker: 'broker', wires: [] }),
  ];
}
