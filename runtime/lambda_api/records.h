// What the account keeps of its functions, as plain values. Times are milliseconds since 1970.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wukong::lambda_api {

// What CreateFunction and UpdateFunctionConfiguration set.
struct Configuration {
  std::string runtime;
  std::string role;
  std::string handler;
  std::string description;
  int64_t timeout_s = 3;
  int64_t memory_mb = 128;
  int64_t storage_mb = 512;  // of /tmp
  std::map<std::string, std::string> environment;
  std::vector<std::string> architectures{"x86_64"};
  std::string tracing = "PassThrough";
  std::string log_format = "Text";
  std::string log_group;    // empty: /aws/lambda/NAME
  std::string dead_letter;  // empty: none

  friend bool operator==(const Configuration&, const Configuration&) = default;
};

// Where the code lies, as whoever stores it knows it, and what clients are told of it.
struct CodePackage {
  std::string id;
  std::string sha256;  // base64
  int64_t size = 0;    // of the zip file

  friend bool operator==(const CodePackage&, const CodePackage&) = default;
};

// $LATEST, or a published one.
struct Version {
  std::string number;
  Configuration configuration;
  CodePackage code;
  std::string revision;
  int64_t modified_ms = 0;
  int64_t active_ms = 0;   // it is Pending before
  int64_t updated_ms = 0;  // its last update is InProgress before
};

struct Alias {
  std::string name;
  std::string version;
  std::string description;
  std::map<std::string, double> weights;  // of other versions; the rest is its own's
  std::string revision;
};

struct EventConfig {
  std::optional<int64_t> retries;
  std::optional<int64_t> age_s;
  std::string on_success;  // a destination; empty: none
  std::string on_failure;
  int64_t modified_ms = 0;
};

struct UrlConfig {
  std::string id;
  std::string auth_type;
  std::string invoke_mode = "BUFFERED";
  std::string cors;  // JSON; empty: none
  int64_t created_ms = 0;
  int64_t modified_ms = 0;
};

struct Provisioned {
  int64_t requested = 0;
  int64_t modified_ms = 0;
};

struct Function {
  std::string name;
  Version latest;
  std::map<int64_t, Version> versions;  // published
  int64_t next_version = 1;
  std::map<std::string, Alias> aliases;
  std::map<std::string, std::string> tags;
  std::optional<int64_t> reserved;
  // By qualifier: a version, an alias; for the next two also $LATEST.
  std::map<std::string, Provisioned> provisioned;
  std::map<std::string, EventConfig> event_configs;
  std::map<std::string, UrlConfig> urls;
};

using Functions = std::map<std::string, Function>;

}  // namespace wukong::lambda_api
