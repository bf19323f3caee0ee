// Where the results of events go: what AWS calls destinations and dead-letter queues. Another
// function of the account is invoked; whatever else an ARN names (a queue, a topic) is a file here,
// to which a line is added for each.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"
#include "runtime/serving/invocation.h"

namespace wukong::serving {

class Destinations {
 public:
  using InvokeEvent = std::function<void(const lambda_api::FunctionName&, std::string payload)>;
  // `folder` is made when the first file is.
  Destinations(const lambda_api::Limits& limits, std::filesystem::path folder, InvokeEvent invoke);

  // An event has ended for good. `config`: null, if there is none.
  void tell(const lambda_api::Function& function, const lambda_api::EventConfig* config,
            const Order& order, const InvocationEnd& end);

 private:
  void send(const std::string& arn, const std::string& document);

  const lambda_api::Limits& limits_;
  std::filesystem::path folder_;
  InvokeEvent invoke_;
};

// Of an ARN's destination: its last part, made of harmless characters.
std::string file_name_of(const std::string& arn);

}  // namespace wukong::serving
