// The control port of anju-sim: one JSON object per line in, one per line out. It tells what the meters themselves know,
// which is what the platform's books are compared with.

import { createConnection } from 'node:net';

export interface SimMeter {
  address: string;
  /** The room it hangs in. */
  label: string;
  line: string;
  /** kWh as the meter's display shows it. */
  total: string;
  tariffs: string[];
  relay: 'closed' | 'open' | 'waiting_for_button';
  requests: number;
  faulty: boolean;
}

export class Control {
  constructor(readonly port: number) {}

  /** Sends one request and returns its answer; throws with the simulator's reason when it refuses. */
  request(body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return new Promise((done, fail) => {
      const socket = createConnection({ port: this.port, host: '127.0.0.1' });
      let text = '';
      socket.setTimeout(10_000, () => { socket.destroy(); fail(new Error(`the simulator did not answer ${JSON.stringify(body)}`)); });
      socket.once('connect', () => socket.write(`${JSON.stringify(body)}\n`));
      socket.once('error', fail);
      socket.on('data', (bytes) => {
        text += bytes.toString('utf8');
        if (!text.includes('\n')) return;
        socket.destroy();
        const answer = JSON.parse(text) as Record<string, unknown>;
        if (answer['ok'] === false || answer['error']) fail(new Error(`the simulator refused ${JSON.stringify(body)}: ${JSON.stringify(answer)}`));
        else done(answer);
      });
    });
  }

  async registers() { return (await this.request({ do: 'registers' }))['meters'] as SimMeter[]; }
  /** What hangs behind a meter ("*": all), in kW as decimal text. */
  load(meter: string, kw: string) { return this.request({ do: 'load', meter, kw }); }
  fault(meter: string, fault: string, value = 0) { return this.request({ do: 'fault', meter, fault, value }); }
  clear(meter: string) { return this.request({ do: 'clear', meter }); }
  async meter(address: string) {
    const found = (await this.registers()).find((meter) => meter.address === address);
    if (!found) throw new Error(`the simulator has no meter ${address}`);
    return found;
  }
}
