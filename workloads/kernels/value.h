// The bytes of an object: immutable, shared by whoever holds it, on any thread. A Buffer is a value
// in the making. Numbers are doubles, a matrix lies column by column.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "sim/base/bytes.h"

namespace wukong::kernels {

class Value {
 public:
  // No bytes: an absent object, which is read as zeros.
  Value() = default;

  bool present() const { return numbers_ != nullptr; }
  Bytes size() const { return Bytes(static_cast<int64_t>(size_)); }
  std::span<const std::byte> bytes() const {
    return {reinterpret_cast<const std::byte*>(numbers_.get()), size_};
  }
  // Whole numbers only.
  std::span<const double> numbers() const { return {numbers_.get(), size_ / sizeof(double)}; }

 private:
  friend class Buffer;
  Value(std::shared_ptr<const double[]> numbers, size_t size)
      : numbers_(std::move(numbers)), size_(size) {}
  std::shared_ptr<const double[]> numbers_;
  size_t size_ = 0;
};

class Buffer {
 public:
  // Uninitialised.
  explicit Buffer(Bytes size)
      : size_(static_cast<size_t>(size.count())),
        numbers_(std::make_shared_for_overwrite<double[]>(size_ / sizeof(double) + 1)) {}

  std::span<std::byte> bytes() { return {reinterpret_cast<std::byte*>(numbers_.get()), size_}; }
  std::span<double> numbers() { return {numbers_.get(), size_ / sizeof(double)}; }
  Value freeze() && { return Value(std::move(numbers_), size_); }

 private:
  size_t size_;
  std::shared_ptr<double[]> numbers_;
};

}  // namespace wukong::kernels
