// A simulated line alone, for what an installer does on site before there is a platform.

import { mkdirSync, writeFileSync } from 'node:fs';
import { Control } from './control.ts';
import { freePort } from './ports.ts';
import { Program } from './program.ts';
import { binary, place, scenarioFile } from './stack.ts';
import { until } from './wait.ts';

export interface SimLine { sim: Program; control: Control; port: string }

/** Starts the scenario with eight meters of odd addresses; `port` is its line's URI. The caller stops `sim`. */
export async function startEightMeters(folder: string): Promise<SimLine> {
  mkdirSync(folder, { recursive: true });
  const control = new Control(await freePort());
  const placed = await place(scenarioFile('scan8.toml'), folder, control.port);
  writeFileSync(`${folder}/site.toml`, placed.text);
  const sim = new Program('anju-sim', binary('anju-sim'), ['run', `${folder}/site.toml`], `${folder}/sim.log`).start();
  await until('the simulated line', async () => { sim.mustRun(); return (await control.registers()).length === 8; });
  return { sim, control, port: placed.lines[0]!.uri };
}
