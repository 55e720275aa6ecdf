import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as loader from "@grpc/proto-loader";
import protobuf from "protobufjs";
import { failed } from "./diagnostics";
import type { ProviderService } from "./messages";
import { PLUGIN_PROTOCOL } from "./plugin-protocol";
import { TERRAFORM_PROTOCOL } from "./terraform-protocol";

// A bucket object's content travels in plan and state.
const LARGEST_MESSAGE_BYTES = 256 * 1024 * 1024;

/** A provider that listens. */
export interface ListeningProvider {
  /** Path of its Unix socket. */
  readonly socket: string;

  /** Ends listening and removes the socket and its folder. */
  close(): void;
}

/** Serves the provider on a new Unix socket, until {@link ListeningProvider.close}; `shutdown` is called when Terraform is done with it. */
export async function listen(provider: ProviderService, shutdown: () => void): Promise<ListeningProvider> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE_BYTES,
    "grpc.max_send_message_length": LARGEST_MESSAGE_BYTES,
  });
  server.addService(service(TERRAFORM_PROTOCOL, "tfplugin5.Provider"), handlersOf(provider));
  server.addService(service(PLUGIN_PROTOCOL, "plugin.GRPCStdio"), { StreamStdio: () => undefined });
  server.addService(service(PLUGIN_PROTOCOL, "plugin.GRPCController"), {
    Shutdown: (_call: unknown, answer: grpc.sendUnaryData<object>) => {
      answer(null, {});
      setImmediate(shutdown);
    },
  });

  const folder = fs.mkdtempSync(path.join(process.env.PLUGIN_UNIX_SOCKET_DIR || os.tmpdir(), "plugin"));
  const socket = path.join(folder, "provider.sock");
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, grpc.ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve()));
  });
  const close = () => {
    server.forceShutdown();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { socket, close };
}

function service(protocol: string, name: string): grpc.ServiceDefinition {
  const json = protobuf.parse(protocol, { keepCase: true }).root.toJSON();
  const definitions = loader.fromJSON(json, { keepCase: true, longs: Number, enums: Number, defaults: true, oneofs: false });
  return definitions[name] as grpc.ServiceDefinition;
}

function handlersOf(provider: ProviderService): grpc.UntypedServiceImplementation {
  const methods = Object.keys(service(TERRAFORM_PROTOCOL, "tfplugin5.Provider")) as (keyof ProviderService)[];
  return Object.fromEntries(methods.map((method) => [method, unary(method, provider)]));
}

function unary(method: keyof ProviderService, provider: ProviderService): grpc.UntypedHandleCall {
  const handle = provider[method].bind(provider) as (request: unknown) => object;
  return (call: grpc.ServerUnaryCall<unknown, object>, answer: grpc.sendUnaryData<object>) => {
    try {
      answer(null, handle(call.request));
    } catch (error) {
      console.error(`[ERROR] ${method}: ${error instanceof Error ? error.stack : String(error)}`);
      answer(null, { diagnostics: [failed(error)] });
    }
  };
}
