<?php
// What a recipe needs of PHPUnit, for machines without it: runs the tests of the file that it gets, and says how many passed.

namespace PHPUnit\Framework {
    abstract class TestCase
    {
        public function assertSame(mixed $expected, mixed $actual): void
        {
            if ($expected !== $actual) {
                throw new \Exception(var_export($actual, true) . ' is not ' . var_export($expected, true));
            }
        }
    }
}

namespace {
    require $argv[1];
    $classes = array_filter(get_declared_classes(), fn ($name) => is_subclass_of($name, 'PHPUnit\Framework\TestCase'));
    $passed = 0;
    foreach ($classes as $class) {
        foreach (get_class_methods($class) as $method) {
            if (str_starts_with($method, 'test_')) {
                (new $class())->$method();
                $passed++;
            }
        }
    }
    echo "$passed passed\n";
}
