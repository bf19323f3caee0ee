#include "runtime/serving/destinations.h"

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <utility>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/text_codes.h"

namespace wukong::serving {

namespace json = boost::json;

namespace {

json::value parsed_or_text(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) return json::value(text);
  return value;
}

const char* condition_of(outside::CallEnd end) {
  switch (end) {
    case outside::CallEnd::succeeded:
      return "Success";
    case outside::CallEnd::aged_out:
      return "EventAgeExceeded";
    default:
      return "RetriesExhausted";
  }
}

// AWS Lambda developer guide, "Capturing records of asynchronous invocations".
std::string record_of(const Order& order, const InvocationEnd& end) {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  json::object record;
  record["version"] = "1.0";
  record["timestamp"] = lambda_api::zulu_time(now.count());
  record["requestContext"] = {{"requestId", order.request_id},
                              {"functionArn", order.invoked_arn},
                              {"condition", condition_of(end.end)},
                              {"approximateInvokeCount", end.executions}};
  record["requestPayload"] = parsed_or_text(order.payload);
  if (end.outcome) {
    json::object context{{"statusCode", 200}, {"executedVersion", order.version}};
    if (end.outcome->failed()) context["functionError"] = "Unhandled";
    record["responseContext"] = std::move(context);
    record["responsePayload"] =
        parsed_or_text(environments::answer_body(*end.outcome, order.request_id));
  }
  return json::serialize(record);
}

// A dead-letter queue is sent the event itself; RequestID, ErrorCode and ErrorMessage are the
// message's attributes.
std::string dead_letter_of(const Order& order, const InvocationEnd& end) {
  json::object letter;
  letter["RequestID"] = order.request_id;
  letter["ErrorCode"] = 200;
  letter["ErrorMessage"] = end.outcome ? end.outcome->error_message : condition_of(end.end);
  letter["body"] = parsed_or_text(order.payload);
  return json::serialize(letter);
}

}  // namespace

std::string file_name_of(const std::string& arn) {
  const size_t colon = arn.rfind(':');
  std::string name = colon == std::string::npos ? arn : arn.substr(colon + 1);
  for (char& c : name) {
    const bool harmless = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!harmless) c = '_';
  }
  return name.substr(0, 100) + ".jsonl";
}

Destinations::Destinations(const lambda_api::Limits& limits, std::filesystem::path folder,
                           InvokeEvent invoke)
    : limits_(limits), folder_(std::move(folder)), invoke_(std::move(invoke)) {}

void Destinations::tell(const lambda_api::Function& function, const lambda_api::EventConfig* config,
                        const Order& order, const InvocationEnd& end) {
  const bool succeeded = end.end == outside::CallEnd::succeeded;
  const std::string& dead_letter = function.latest.configuration.dead_letter;
  if (!succeeded && !dead_letter.empty()) send(dead_letter, dead_letter_of(order, end));
  if (config == nullptr) return;
  const std::string& destination = succeeded ? config->on_success : config->on_failure;
  if (!destination.empty()) send(destination, record_of(order, end));
}

void Destinations::send(const std::string& arn, const std::string& document) {
  if (arn.find(":lambda:") != std::string::npos) {
    try {
      return invoke_(lambda_api::parse_function_name(limits_.owner, arn), document);
    } catch (const lambda_api::ApiError&) {
      // A function that is not there: the record stays in a file.
    }
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  std::ofstream file(folder_ / file_name_of(arn), std::ios::app);
  file << document << "\n";
}

}  // namespace wukong::serving
