# test/komoju_sandbox_test.rb of a Rails shop. Start the sandbox first: npx komoju-openapi sandbox --quiet &
require "json"
require "minitest/autorun"
require "net/http"

class KomojuSandboxTest < Minitest::Test
  URL = URI(ENV.fetch("KOMOJU_URL", "http://127.0.0.1:4020/api/v1"))
  # A key for each run is a merchant for each run: tests at the same time do not meet.
  KEY = "sk_test_#{Process.pid}"

  def call(request)
    request.basic_auth(KEY, "")
    response = Net::HTTP.start(URL.host, URL.port, use_ssl: URL.scheme == "https") { |http| http.request(request) }
    [response.code.to_i, JSON.parse(response.body)]
  end

  def create(**payment)
    request = Net::HTTP::Post.new("#{URL.path}/payments", "Content-Type" => "application/json")
    request.body = JSON.generate(payment)
    call(request)
  end

  def test_a_konbini_payment_is_captured_once_it_is_paid
    status, payment = create(amount: 1000, currency: "JPY", payment_details: { type: "konbini", store: "lawson", email: "a@example.com" })
    assert_equal [200, "authorized", 1100], [status, payment["status"], payment["total"]]
    Net::HTTP.post(URI.join(URL, "/sandbox/pay/#{payment["id"]}"), "")
    _, paid = call(Net::HTTP::Get.new("#{URL.path}/payments/#{payment["id"]}"))
    assert_equal "captured", paid["status"]
  end

  def test_a_wrong_store_is_rejected
    status, body = create(amount: 1000, currency: "JPY", payment_details: { type: "konbini", store: "corner", email: "a@example.com" })
    assert_equal [422, "invalid_parameter"], [status, body.dig("error", "code")]
  end
end
