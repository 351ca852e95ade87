<?php
// tests/Unit/KomojuSandboxTest.php of a Laravel shop. Start the sandbox first: npx komoju-openapi sandbox --quiet &

namespace Tests\Unit;

use PHPUnit\Framework\TestCase;

final class KomojuSandboxTest extends TestCase
{
    private function call(string $method, string $path, ?array $body = null): array
    {
        $url = getenv('KOMOJU_URL') ?: 'http://127.0.0.1:4020/api/v1';
        // A key for each run is a merchant for each run: tests at the same time do not meet.
        $key = 'sk_test_' . getmypid();
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => "Authorization: Basic " . base64_encode("$key:") . "\r\nContent-Type: application/json",
            'content' => $body === null ? '' : json_encode($body),
            'ignore_errors' => true,
        ]]);
        $address = str_starts_with($path, '/sandbox/') ? preg_replace('#/api/v1$#', $path, $url) : $url . $path;
        return json_decode(file_get_contents($address, false, $context), true) ?? [];
    }

    public function test_a_konbini_payment_is_captured_once_it_is_paid(): void
    {
        $details = ['type' => 'konbini', 'store' => 'lawson', 'email' => 'a@example.com'];
        $payment = $this->call('POST', '/payments', ['amount' => 1000, 'currency' => 'JPY', 'payment_details' => $details]);
        $this->assertSame('authorized', $payment['status']);
        $this->assertSame(1100, $payment['total']);
        $this->call('POST', "/sandbox/pay/{$payment['id']}");
        $this->assertSame('captured', $this->call('GET', "/payments/{$payment['id']}")['status']);
    }

    public function test_a_wrong_store_is_rejected(): void
    {
        $details = ['type' => 'konbini', 'store' => 'corner', 'email' => 'a@example.com'];
        $body = $this->call('POST', '/payments', ['amount' => 1000, 'currency' => 'JPY', 'payment_details' => $details]);
        $this->assertSame('invalid_parameter', $body['error']['code']);
    }
}
