// The program under test, with a data folder of its own.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export class Server {
  private constructor(
    readonly address: string,
    readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts the program at an address, port 0 for any; resolves once it listens. */
  static async start(folder: string, address: string, ...more: string[]): Promise<Server> {
    const program = process.env.BIENBAN ?? "../../../target/debug/bienban";
    const options = ["serve", "--listen", address, "--data-dir", folder, "--log-filter", "warn", ...more];
    const child = spawn(program, options, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout! }), "line");
    return new Server(line.replace("bienban serves on ", ""), folder, child);
  }

  /** Ends the program as Kubernetes does; resolves with its exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    const [code] = await ended;
    return code;
  }
}
