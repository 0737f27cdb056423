// A simulated line alone, for what an installer does on site before there is a platform.

import { mkdirSync, writeFileSync } from 'node:fs';
import { Control } from './control.ts';
import { freePort } from './ports.ts';
import { Program } from './program.ts';
import { binary, place, scenarioFile } from './stack.ts';
import { until } from './wait.ts';

export interface SimLine { sim: Program; control: Control; port: string }

/** Starts a scenario of one line with so many DL/T645 meters; `port` is its line's URI. The caller stops `sim`. */
export async function startLine(scenario: string, meters: number, folder: string): Promise<SimLine> {
  mkdirSync(folder, { recursive: true });
  const control = new Control(await freePort());
  const placed = await place(scenarioFile(scenario), folder, control.port);
  writeFileSync(`${folder}/site.toml`, placed.text);
  const sim = new Program('anju-sim', binary('anju-sim'), ['run', `${folder}/site.toml`], `${folder}/sim.log`).start();
  await until('the simulated line', async () => { sim.mustRun(); return (await control.registers()).length === meters; });
  return { sim, control, port: placed.lines[0]!.uri };
}

/** Eight meters of odd addresses. */
export const startEightMeters = (folder: string) => startLine('scan8.toml', 8, folder);
