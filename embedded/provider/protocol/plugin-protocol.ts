/**
 * What go-plugin asks of every plugin besides its own service: an orderly end, and a stream of standard output (which stays silent:
 * the stand-in writes its log to standard error, where Terraform collects it).
 *
 * @see https://github.com/hashicorp/go-plugin/tree/main/internal/plugin
 */
export const PLUGIN_PROTOCOL = `
syntax = "proto3";
package plugin;
message Empty {}
message StdioData { int32 channel = 1; bytes data = 2; }
service GRPCController { rpc Shutdown(Empty) returns (Empty); }
service GRPCStdio { rpc StreamStdio(Empty) returns (stream StdioData); }`;
