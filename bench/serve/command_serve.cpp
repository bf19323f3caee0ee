#include "bench/serve/command_serve.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/files/text_file.h"
#include "bench/parameters/explain.h"
#include "bench/serve/announcement.h"
#include "bench/serve/pages.h"
#include "bench/serve/serve_result.h"
#include "bench/serve/serve_setup.h"
#include "bench/text/output_width.h"
#include "bench/text/status_line.h"
#include "bench/text/tell.h"
#include "runtime/environments/process_environments.h"
#include "runtime/http/http_message.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/serving/server.h"
#include "runtime/signatures/sigv4.h"

namespace wukong::serve {
namespace {

namespace filesystem = std::filesystem;

constexpr const char* kClearLine = "\r\033[K";

struct ServeFlags {
  std::string file;
  std::vector<std::string> settings;
  std::string listen = "127.0.0.1:9000";
  std::string state;
  std::string logs;
  std::string json;
  std::string keys;
  bool allow_remote = false;
  bool explain = false;
};

struct Address {
  std::string host;
  uint16_t port = 0;
};

Address parse_address(const std::string& text) {
  const auto refuse = [&]() -> Address {
    throw Error({"--listen", 0, ""}, "ADDRESS:PORT, such as 127.0.0.1:9000 or [::1]:9000",
                "\"" + text + "\"");
  };
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return refuse();
  std::string host = text.substr(0, colon);
  const std::string port = text.substr(colon + 1);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  const bool is_number = !port.empty() && port.size() <= 5 &&
                         port.find_first_not_of("0123456789") == std::string::npos;
  if (host.empty() || !is_number || std::stoi(port) > 65535) return refuse();
  return {host == "localhost" ? "127.0.0.1" : host, static_cast<uint16_t>(std::stoi(port))};
}

lambda_api::ApiError refused(signatures::Verdict verdict) {
  using signatures::Verdict;
  const auto error = [](const char* type, const char* message) {
    return lambda_api::ApiError(403, type, message);
  };
  switch (verdict) {
    case Verdict::no_signature:
      return error("MissingAuthenticationTokenException", "Missing Authentication Token");
    case Verdict::incomplete:
      return error("IncompleteSignatureException",
                   "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' "
                   "parameters, and a header 'x-amz-date'");
    case Verdict::unknown_key:
      return error("UnrecognizedClientException",
                   "The security token included in the request is invalid.");
    case Verdict::expired:
      return error("InvalidSignatureException", "Signature expired, or not yet current");
    case Verdict::does_not_match:
    case Verdict::good:
      break;
  }
  return error("InvalidSignatureException",
               "The request signature we calculated does not match the signature you provided. "
               "Check your AWS Secret Access Key and signing method.");
}

std::function<void(const http::Request&)> signature_check(signatures::Keys keys,
                                                          std::string region) {
  return [keys = std::move(keys),
          scope = signatures::Scope{.region = std::move(region)}](const http::Request& request) {
    const signatures::Verdict verdict =
        signatures::verify(request, keys, scope, std::time(nullptr));
    if (verdict != signatures::Verdict::good) throw refused(verdict);
  };
}

bool is_loopback(const std::string& host) { return host.rfind("127.", 0) == 0 || host == "::1"; }

// Gone with its files, unless the user has named another one.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (filesystem::temp_directory_path() / "wukong-serve-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw Error({"", 0, ""}, "cannot make a folder in " + name + " (TMPDIR names another place)");
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    filesystem::remove_all(path_, ignored);
  }
  const filesystem::path& path() const { return path_; }

 private:
  filesystem::path path_;
};

serving::ServerOptions options_of(const ServeFlags& flags, const ServeSetup& setup,
                                  const filesystem::path& scratch) {
  const Address address = parse_address(flags.listen);
  if (!is_loopback(address.host) && !flags.allow_remote)
    throw Error({"--listen " + flags.listen, 0, ""},
                "a loopback address: whoever reaches another one can run programs here "
                "(--allow-remote)",
                address.host);
  if (!is_loopback(address.host) && flags.keys.empty())
    throw Error({"--listen " + flags.listen, 0, ""},
                "--keys FILE beside it, so that requests have to be signed", "no keys");
  serving::ServerOptions options;
  options.address = address.host;
  options.port = address.port;
  options.state = flags.state;
  options.scratch = scratch;
  const filesystem::path logs =
      flags.logs.empty() ? scratch / "logs" : filesystem::path(flags.logs);
  options.logs = filesystem::absolute(logs);
  std::error_code failed;
  filesystem::create_directories(options.logs, failed);
  if (failed || ::access(options.logs.c_str(), W_OK) != 0)
    throw Error({"--logs " + flags.logs, 0, ""}, "a folder that can be written",
                failed ? failed.message() : "one that cannot be");
  options.destinations = options.logs / "destinations";
  options.seed = setup.seed;
  if (!flags.keys.empty())
    options.verify = signature_check(
        signatures::read_keys(files::read_text_file(flags.keys), flags.keys), setup.serve.region);
  options.initialization_limit =
      std::chrono::milliseconds(setup.serve.initialization_limit / Duration::milliseconds(1));
  options.limits.owner = {setup.serve.region, setup.serve.account};
  options.limits.activation_ms = setup.serve.activation / Duration::milliseconds(1);
  return options;
}

int serve(const ServeFlags& flags) {
  const ServeSetup setup = read_setup(flags.file, flags.settings);
  if (flags.explain) {
    commands::print(parameters::explain(setup.effective, text::output_width()));
    return commands::kSuccess;
  }
  files::check_can_be_written(flags.json);
  const ScratchFolder scratch;
  std::weak_ptr<environments::ProcessEnvironments> made;  // the server owns them, with its loop
  const auto make = [&](boost::asio::io_context& loop) -> serving::MakeEnvironment {
    const auto processes =
        std::make_shared<environments::ProcessEnvironments>(loop, scratch.path() / "run");
    made = processes;
    return [processes](const environments::EnvironmentSpec& spec) { return processes->make(spec); };
  };
  serving::Server server(setup.platform, options_of(flags, setup, scratch.path()), make);
  const bool on_terminal = isatty(STDERR_FILENO) != 0;
  if (on_terminal)
    server.each(Duration::milliseconds(200), [&server] {
      text::tell("{}{}", kClearLine,
                 text::fitting_fields(activity_line(server), text::stderr_width() - 1));
    });
  server.show([&](const http::Request& request) { return page_for(server, setup, request); });
  if (!is_loopback(parse_address(flags.listen).host))
    text::tell(
        "wukong: warning: other machines reach this server; whoever has one of the keys can "
        "run programs here as this user\n");
  commands::print(announcement(server.endpoint(), setup, *made.lock()));
  server.run();
  if (on_terminal) text::tell("{}", kClearLine);
  const run::RunResult result = result_of(server, setup);
  if (!flags.json.empty()) files::write_text_file(flags.json, document_of(result, setup));
  if (flags.json != "-") commands::print(session_report(server, result, text::output_width()));
  return commands::kSuccess;
}

}  // namespace

void add_serve_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "serve", "Serves the AWS Lambda API in front of real code, with Lambda's limits and times");
  command.footer(
      "Clients of AWS Lambda (aws, boto3, other SDKs, curl) use it unchanged, with this endpoint.\n"
      "FILE may have `platform` (default: aws-2026), `serve` and `seed`; docs/serve.md tells "
      "more.\n"
      "Ctrl-C ends it: what runs comes to its end, and the bill is printed; a second one ends it "
      "at\n"
      "once.\n\n"
      "Examples:\n"
      "  wukong serve\n"
      "  wukong serve --state functions.db --logs logs\n"
      "  wukong serve --set platform.functions.account_concurrency=50\n"
      "  wukong serve --set serve.start_times=machine");
  const auto flags = std::make_shared<ServeFlags>();
  command.value("FILE", flags->file, "The platform and how it is served, in YAML");
  command
      .value("--set", flags->settings,
             "KEY=VALUE: changes a key of the file, e.g. platform.functions.account_concurrency=50")
      .repeatable();
  command.value("--listen", flags->listen, "ADDRESS:PORT; port 0 is any that is free")
      .shows_default();
  command.value("--state", flags->state,
                "Keeps functions and their code in this file, across restarts");
  command.value("--logs", flags->logs,
                "Folder of the functions' logs, and of events' destinations (default: one that is "
                "deleted at the end)");
  command.value("--json", flags->json, "Writes the result document to this file (-: stdout)");
  command.value("--keys", flags->keys,
                "File with access keys and their secrets, a pair on each line: requests must be "
                "signed with one of them (default: any signature, or none, will do)");
  command.given("--allow-remote", flags->allow_remote,
                "Listens at an address that is no loopback: whoever has a key runs programs here");
  command.given("--explain", flags->explain,
                "Prints every parameter with its unit, origin and source, and serves nothing");
  command.does([flags] { return serve(*flags); });
}

}  // namespace wukong::serve
