#include "bench/parameters/yaml_documents.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>

namespace wukong::parameters {
namespace {

// Hears of everything in a document, and forgets it.
class Forgetful final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

}  // namespace

size_t count_yaml_documents(const std::string& text, size_t most) {
  std::istringstream input(text);
  YAML::Parser parser(input);
  Forgetful handler;
  size_t count = 0;
  while (count < most && parser.HandleNextDocument(handler)) ++count;
  return count;
}

}  // namespace wukong::parameters
