// What a Redis server says, in the bytes of its protocol, and what we make of it.
#include <memory>

#include "runtime/stores/redis_reply.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

void interpret(const redisReply* reply) {
  ENSURE(stores::written_status(reply) != storage::StoreStatus::missing);
  const stores::ReadReply value = stores::read_value(reply);
  if (value.status == storage::StoreStatus::ok) ENSURE(value.value.bytes().size() == reply->len);
  stores::existing_status(reply);
  stores::number_in(reply);
  stores::granted(reply);
  stores::other_bits(reply);
  stores::heard(reply);
}

// hiredis makes room for as many elements as an array claims to have, before they come. That is its
// business, not ours: an input that claims more than this is left out.
bool claims_much(const std::string& bytes) {
  for (size_t star = bytes.find('*'); star != std::string::npos; star = bytes.find('*', star + 1))
    if (bytes.find_first_not_of("0123456789", star + 1) > star + 5) return true;
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes = text_of(data, size);
  if (claims_much(bytes)) return 0;
  const std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader(redisReaderCreate(),
                                                                        redisReaderFree);
  interpret(nullptr);
  redisReaderFeed(reader.get(), bytes.data(), bytes.size());
  void* reply = nullptr;
  while (redisReaderGetReply(reader.get(), &reply) == REDIS_OK && reply != nullptr) {
    interpret(static_cast<const redisReply*>(reply));
    freeReplyObject(reply);
  }
  return 0;
}

}  // namespace wukong::fuzz
