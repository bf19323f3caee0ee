#include "workloads/kernels/support_vectors.h"

#include "sim/base/portable_math.h"
#include "sim/base/random.h"

namespace wukong::kernels {

SupportVectors::SupportVectors(uint64_t seed, int64_t vectors, int64_t features)
    : vectors_(features, vectors), weights_(vectors, 1) {
  RandomStream random(seed, "kernels.support_vectors");
  for (double& number : vectors_.numbers) number = 2 * random.uniform() - 1;
  for (double& weight : weights_.numbers) weight = 2 * random.uniform() - 1;
}

// |x - v|^2 = |x|^2 + |v|^2 - 2 x v, so that nearly all of the work is one product.
void SupportVectors::classify(MatrixView samples, std::span<double> labels) const {
  Matrix products = product_of(samples, vectors_);
  std::vector<double> squares(static_cast<size_t>(samples.rows));
  for (int64_t feature = 0; feature < samples.columns; ++feature) {
    for (int64_t row = 0; row < samples.rows; ++row) {
      const double x = samples.data[feature * samples.rows + row];
      squares[static_cast<size_t>(row)] += x * x;
    }
  }
  std::vector<double> sums(static_cast<size_t>(samples.rows));
  const auto features = static_cast<double>(samples.columns);
  for (int64_t i = 0; i < vectors_.columns; ++i) {
    double square = 0;
    for (int64_t feature = 0; feature < vectors_.rows; ++feature)
      square += vectors_.at(feature, i) * vectors_.at(feature, i);
    for (int64_t row = 0; row < samples.rows; ++row) {
      const double distance = squares[static_cast<size_t>(row)] + square - 2 * products.at(row, i);
      sums[static_cast<size_t>(row)] += weights_.at(i, 0) * portable_exp(-distance / features);
    }
  }
  for (size_t row = 0; row < sums.size(); ++row) labels[row] = sums[row] >= 0 ? 1 : -1;
}

double SupportVectors::decision(MatrixView samples, int64_t row) const {
  double sum = 0;
  for (int64_t i = 0; i < vectors_.columns; ++i) {
    double distance = 0;
    for (int64_t feature = 0; feature < vectors_.rows; ++feature) {
      const double difference =
          samples.data[feature * samples.rows + row] - vectors_.at(feature, i);
      distance += difference * difference;
    }
    sum += weights_.at(i, 0) * portable_exp(-distance / static_cast<double>(samples.columns));
  }
  return sum;
}

}  // namespace wukong::kernels
