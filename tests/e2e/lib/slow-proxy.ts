// A line of so many bytes a second in front of a server: what comes down it comes paced, and may be cut.

import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class SlowProxy {
  /** 0: as fast as it can. */
  bytesPerSecond = 0;
  /** That came down it so far. */
  down = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(target: number): Promise<SlowProxy> {
    const server = createServer((client) => self.connect(client, target)).listen(0, '127.0.0.1');
    const self = new SlowProxy(server);
    await once(server, 'listening');
    return self;
  }

  get port() { return (this.server.address() as AddressInfo).port; }
  cut() { for (const socket of this.sockets) socket.destroy(); }
  stop() { this.server.close(); this.cut(); }

  private connect(client: Socket, target: number) {
    const inside = createConnection({ port: target, host: '127.0.0.1' });
    for (const socket of [client, inside]) {
      this.sockets.add(socket);
      const end = () => { client.destroy(); inside.destroy(); this.sockets.delete(socket); };
      socket.on('error', end).on('close', end);
    }
    client.pipe(inside);
    inside.on('data', (chunk) => {
      this.down += chunk.length;
      client.write(chunk);
      if (this.bytesPerSecond === 0) return;
      inside.pause();
      setTimeout(() => inside.resume(), (chunk.length / this.bytesPerSecond) * 1000);
    });
    // What is still on its way to the client comes before the end.
    inside.removeAllListeners('close').on('close', () => { client.end(); this.sockets.delete(inside); });
  }
}
