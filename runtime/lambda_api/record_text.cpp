#include "runtime/lambda_api/record_text.h"

#include <boost/json.hpp>

namespace wukong::lambda_api {

namespace json = boost::json;

namespace {

// The fields of each record, written once: `Archive` is a writer or a reader.
class Writer {
 public:
  json::object document;

  void field(const char* key, const std::string& value) { document[key] = value; }
  void field(const char* key, int64_t value) { document[key] = value; }
  void field(const char* key, double value) { document[key] = value; }
  template <class T>
  void field(const char* key, const std::optional<T>& value) {
    if (value) field(key, *value);
  }
  void field(const char* key, const std::vector<std::string>& values) {
    json::array list;
    for (const std::string& value : values) list.emplace_back(value);
    document[key] = std::move(list);
  }
  template <class T>
  void field(const char* key, const std::map<std::string, T>& map) {
    Writer nested;
    for (const auto& [name, value] : map) nested.field(name.c_str(), value);
    document[key] = std::move(nested.document);
  }
  template <class T>
  void field(const char* key, const std::map<int64_t, T>& map) {
    Writer nested;
    for (const auto& [number, value] : map) nested.field(std::to_string(number).c_str(), value);
    document[key] = std::move(nested.document);
  }
  template <class T>
    requires requires(Writer& w, T& record) { visit(w, record); }
  void field(const char* key, const T& record) {
    Writer nested;
    visit(nested, const_cast<T&>(record));  // a writer changes nothing
    document[key] = std::move(nested.document);
  }
};

class Reader {
 public:
  explicit Reader(const json::object& read) : document(read) {}
  const json::object& document;

  void field(const char* key, std::string& value) {
    if (const json::value* found = document.if_contains(key))
      value = json::value_to<std::string>(*found);
  }
  void field(const char* key, int64_t& value) {
    if (const json::value* found = document.if_contains(key)) value = found->to_number<int64_t>();
  }
  void field(const char* key, double& value) {
    if (const json::value* found = document.if_contains(key)) value = found->to_number<double>();
  }
  template <class T>
  void field(const char* key, std::optional<T>& value) {
    value.reset();
    if (document.if_contains(key) != nullptr) field(key, value.emplace());
  }
  void field(const char* key, std::vector<std::string>& values) {
    if (const json::value* found = document.if_contains(key))
      values = json::value_to<std::vector<std::string>>(*found);
  }
  template <class T>
  void field(const char* key, std::map<std::string, T>& map) {
    const json::value* const found = document.if_contains(key);
    if (found == nullptr) return;
    for (const auto& [name, value] : found->as_object())
      Reader(found->get_object()).field(std::string(name).c_str(), map[std::string(name)]);
  }
  template <class T>
  void field(const char* key, std::map<int64_t, T>& map) {
    const json::value* const found = document.if_contains(key);
    if (found == nullptr) return;
    for (const auto& [name, value] : found->as_object())
      Reader(found->get_object())
          .field(std::string(name).c_str(), map[std::stoll(std::string(name))]);
  }
  template <class T>
    requires requires(Reader& r, T& record) { visit(r, record); }
  void field(const char* key, T& record) {
    const json::value* const found = document.if_contains(key);
    if (found == nullptr) return;
    Reader nested(found->as_object());
    visit(nested, record);
  }
};

template <class Archive>
void visit(Archive& archive, Configuration& record) {
  archive.field("runtime", record.runtime);
  archive.field("role", record.role);
  archive.field("handler", record.handler);
  archive.field("description", record.description);
  archive.field("timeout_s", record.timeout_s);
  archive.field("memory_mb", record.memory_mb);
  archive.field("storage_mb", record.storage_mb);
  archive.field("environment", record.environment);
  archive.field("architectures", record.architectures);
  archive.field("tracing", record.tracing);
  archive.field("log_format", record.log_format);
  archive.field("log_group", record.log_group);
  archive.field("dead_letter", record.dead_letter);
}

template <class Archive>
void visit(Archive& archive, CodePackage& record) {
  archive.field("id", record.id);
  archive.field("sha256", record.sha256);
  archive.field("size", record.size);
}

template <class Archive>
void visit(Archive& archive, Version& record) {
  archive.field("number", record.number);
  archive.field("configuration", record.configuration);
  archive.field("code", record.code);
  archive.field("revision", record.revision);
  archive.field("modified_ms", record.modified_ms);
  archive.field("active_ms", record.active_ms);
  archive.field("updated_ms", record.updated_ms);
}

template <class Archive>
void visit(Archive& archive, Alias& record) {
  archive.field("name", record.name);
  archive.field("version", record.version);
  archive.field("description", record.description);
  archive.field("weights", record.weights);
  archive.field("revision", record.revision);
}

template <class Archive>
void visit(Archive& archive, EventConfig& record) {
  archive.field("retries", record.retries);
  archive.field("age_s", record.age_s);
  archive.field("on_success", record.on_success);
  archive.field("on_failure", record.on_failure);
  archive.field("modified_ms", record.modified_ms);
}

template <class Archive>
void visit(Archive& archive, UrlConfig& record) {
  archive.field("id", record.id);
  archive.field("auth_type", record.auth_type);
  archive.field("invoke_mode", record.invoke_mode);
  archive.field("cors", record.cors);
  archive.field("created_ms", record.created_ms);
  archive.field("modified_ms", record.modified_ms);
}

template <class Archive>
void visit(Archive& archive, Provisioned& record) {
  archive.field("requested", record.requested);
  archive.field("modified_ms", record.modified_ms);
}

template <class Archive>
void visit(Archive& archive, Function& record) {
  archive.field("name", record.name);
  archive.field("latest", record.latest);
  archive.field("versions", record.versions);
  archive.field("next_version", record.next_version);
  archive.field("aliases", record.aliases);
  archive.field("tags", record.tags);
  archive.field("reserved", record.reserved);
  archive.field("provisioned", record.provisioned);
  archive.field("event_configs", record.event_configs);
  archive.field("urls", record.urls);
}

}  // namespace

std::string to_text(const Function& function) {
  Writer writer;
  writer.field("function", function);
  return json::serialize(writer.document);
}

Function from_text(std::string_view text) {
  const json::value document = json::parse(text);
  Reader reader(document.as_object());
  Function function;
  reader.field("function", function);
  if (function.name.empty()) throw std::runtime_error("a function's record without a name");
  return function;
}

}  // namespace wukong::lambda_api
