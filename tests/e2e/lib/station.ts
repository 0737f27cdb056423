// A station: water meters and hot-water controllers of anju-sim that speak to the platform themselves. For the platform it is a
// gateway with a line of its own kind; its broker credentials are asked for before the broker starts.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Control } from './control.ts';
import { freePort } from './ports.ts';
import { Program } from './program.ts';
import { binary, siteId, toml, type Stack } from './stack.ts';
import { until } from './wait.ts';

/** What the simulated device itself knows. */
export interface SimWater {
  address: string; id: string; kind: 'water' | 'hot_water'; total: string; valve: 'open' | 'closed' | 'none';
  temperature_c?: string; target_c?: string | null; automatic?: boolean; temperature_valve?: 'open' | 'closed';
}

export class Station {
  readonly program: Program;
  private constructor(readonly id: string, readonly control: Control, file: string, log: string) {
    this.program = new Program('anju-sim', binary('anju-sim'), ['run', file], log);
  }

  /** Registers the gateway and writes the scenario. devices: the text of its [[station.device]] tables. */
  static async create(stack: Stack, id: string, devices: string, energyFactor = 60): Promise<Station> {
    const folder = join(stack.folder, id);
    mkdirSync(folder, { recursive: true });
    const { key } = await stack.api.post<{ key: string }>('/gateways', {
      id, name: `${id} 基站`, site: siteId, reading_minutes: 1, lines: [{ id: 'air', uri: `mqtt://${id}` }] });
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
    const { url, ...credentials } = stack.broker.settings(id);
    const port = await freePort();
    const settings = { site: siteId, gateway: id, broker: url!, key_file: keyFile, spool_file: join(folder, 'spool'), ...credentials };
    writeFileSync(join(folder, 'site.toml'), [
      '[clock]', `energy_factor = ${energyFactor}`, '[control]', `listen = "127.0.0.1:${port}"`, '[[station]]',
      ...Object.entries(settings).map(([key, value]) => `${key} = ${toml(value)}`), devices, ''].join('\n'));
    return new Station(id, new Control(port), join(folder, 'site.toml'), join(folder, 'sim.log'));
  }

  async start() {
    this.program.start();
    await until('the station to answer', async () => { this.program.mustRun(); return (await this.water()).length > 0; });
  }

  async water() { return (await this.control.request({ do: 'registers' }))['water'] as SimWater[]; }
  async device(address: string) {
    const found = (await this.water()).find((one) => one.address === address);
    if (!found) throw new Error(`the station has no device ${address}`);
    return found;
  }
  flow(meter: string, m3_h: string) { return this.control.request({ do: 'flow', meter, m3_h }); }
  temperature(meter: string, c: string) { return this.control.request({ do: 'temperature', meter, c }); }
  fault(meter: string, fault: string) { return this.control.request({ do: 'fault', meter, fault }); }
}
