/** Types of generated/openapi.yaml. Written by `npm run build`: edit spec/ instead. */
export interface paths {
    "/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments
         * @description Returns the payments that match every filter, one page at a time. Use it to reconcile orders; to follow one payment, use `getPayment` or webhooks.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Create a payment
         * @description Charges an amount with one of the 15 payment methods, a token, or a stored customer. Send exactly one of `payment_details` and `customer`.
         *     A card payment is returned as `captured`, or as `authorized` with `capture: false`; a prepaid payment as `captured`. A cash payment is returned as `authorized`, with instructions for the customer, and a redirect payment as `authorized` with a `redirect_url`; a webhook tells when the money arrives.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /**
         * Get a payment
         * @description Returns one payment with its refunds and refund requests, as it stands now. Use it when a webhook arrives or a customer returns, before you ship.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a payment
         * @description Changes the description and the metadata of a payment, or adds a further card to a prepaid payment that is short. Nothing else of a payment can change; to change an amount, cancel or refund and create a new payment.
         */
        patch: operations["updatePayment"];
        trace?: never;
    };
    "/payments/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Capture a payment
         * @description Collects the money of a card payment that was created with `capture: false`. Works on authorized card payments only.
         */
        post: operations["capturePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a payment
         * @description Returns all that is left of a captured payment, or the part that `amount` names.
         *     A cash payment (konbini, bank_transfer, pay_easy) is not refunded at once: send the customer to the refund's `redirect_url`, where they choose the store that pays them. The refund stays `pending` until then. When completed refunds reach the total, the payment turns `refunded` and a payment.refunded webhook follows.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refund_request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a refund
         * @description Asks KOMOJU to send the money of a cash payment (konbini, bank_transfer, pay_easy) to the customer's bank account. Use it where a transfer suits the customer better than `refundPayment`, which pays cash payments out at a store.
         */
        post: operations["requestRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a payment
         * @description Gives up a payment that is pending or authorized: nothing is charged, a reserved amount is released. Captured payments cannot be cancelled; refund them.
         */
        post: operations["cancelPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description Opens an account for a submerchant, with one merchant for live and one for test payments. Beta: ask KOMOJU for access first.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /**
         * Get an account
         * @description Returns one account as it stands now. Beta: ask KOMOJU for access first.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update an account
         * @description Changes the default currency and the time zone of an account. The name stays. Beta: ask KOMOJU for access first.
         */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/accounts/{id}/accept_service_agreement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept the service agreement
         * @description Records that the owner of the account accepted the service agreement. The caller makes sure that the owner has read KOMOJU's terms for payment processing. Beta: ask KOMOJU for access first.
         */
        post: operations["acceptServiceAgreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "payment.authorized": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment authorized
         * @description Money is reserved, or instructions are issued and the customer has yet to pay.
         */
        post: operations["receivePaymentAuthorized"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.captured": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment captured
         * @description Money is received: ship the goods.
         */
        post: operations["receivePaymentCaptured"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment updated
         * @description Description or metadata of the payment changed.
         */
        post: operations["receivePaymentUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment expired
         * @description Deadline passed before the customer paid: release the goods.
         */
        post: operations["receivePaymentExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment cancelled
         * @description Payment was cancelled before capture.
         */
        post: operations["receivePaymentCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.refund.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund created
         * @description Refund started; a cash refund still waits for the customer.
         */
        post: operations["receivePaymentRefundCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment refunded
         * @description Completed refunds add up to the total.
         */
        post: operations["receivePaymentRefunded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Payment failed
         * @description Attempt to pay failed. The customer may try again, so payment.captured can follow; newer documentation of KOMOJU also reports a declined creation in this way. Wait for payment.expired or payment.cancelled before you give up the order.
         */
        post: operations["receivePaymentFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund_request.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund request updated
         * @description KOMOJU completed or rejected a refund request.
         */
        post: operations["receiveRefundRequestUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ping
         * @description Test of the connection, sent when a webhook is set up.
         */
        post: operations["receivePing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Payment currency
         * @description Three-letter ISO 4217 code of the currency used to pay.
         * @example JPY
         * @enum {string}
         */
        PaymentCurrency: "JPY" | "USD" | "EUR" | "TWD" | "KRW";
        /**
         * Payment status
         * @description State of a payment. `authorized` means reserved on a card, or waiting for the customer's cash with konbini, bank_transfer and pay_easy. A partly refunded payment stays `captured`.
         * @enum {string}
         */
        PaymentStatus: "pending" | "authorized" | "captured" | "expired" | "cancelled" | "refunded" | "failed";
        /**
         * Identifier
         * @description Identifier of an object, 25 characters of `0-9` and `a-z`.
         */
        Id: string;
        /**
         * E-mail address given
         * @description E-mail address given at creation. Null where the request had none.
         */
        DetailsEmail: string | null;
        /**
         * Card brand
         * @description Brand of the card. New brands can appear.
         */
        CardBrand: "visa" | "american_express" | "master" | "jcb" | "diners_club" | (string & {});
        /**
         * Credit card details
         * @description Card that paid. The number shows its last four digits only.
         */
        CreditCardDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "credit_card";
            email: components["schemas"]["DetailsEmail"];
            brand: components["schemas"]["CardBrand"];
            /** @description Last four digits of the card number. */
            last_four_digits: string;
            /** @description Month in which the card expires, 1 to 12. */
            month: number;
            /** @description Year in which the card expires, four digits. */
            year: number;
        };
        /**
         * Convenience store
         * @description Chain of convenience stores where the customer pays. New chains can appear, and old ones stay on old payments.
         */
        Store: "seven-eleven" | "lawson" | "family-mart" | "ministop" | "daily-yamazaki" | "seicomart" | "circle-k" | (string & {});
        /**
         * Instructions page
         * Format: uri
         * @description Address of the page that tells the customer how to pay, in the payment's `locale`.
         */
        InstructionsUrl: string;
        /**
         * Convenience store details
         * @description Codes and instructions for the customer who pays at a convenience store.
         */
        KonbiniDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "konbini";
            email: components["schemas"]["DetailsEmail"];
            store: components["schemas"]["Store"];
            /** @description Second code that some chains ask for at their terminal. Null for chains without one. */
            confirmation_code: string | null;
            /** @description Receipt number that the customer enters at the store's terminal. */
            receipt: string | null;
            instructions_url: components["schemas"]["InstructionsUrl"];
        };
        /**
         * Bank transfer details
         * @description Bank account to which the customer sends the money.
         */
        BankTransferDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "bank_transfer";
            email: components["schemas"]["DetailsEmail"];
            /** @description Number that the customer puts before the name on the transfer. */
            order_id: string;
            /** @description Name of the bank. */
            bank_name: string;
            /** @description Name of the branch. */
            account_branch_name: string;
            /** @description Number of the account. */
            account_number: string;
            /** @description Kind of the account, in Japanese. */
            account_type: string;
            /** @description Name of the account's owner. */
            account_name: string;
            instructions_url: components["schemas"]["InstructionsUrl"];
        };
        /**
         * Pay-easy details
         * @description Numbers that the customer enters at a Pay-easy terminal.
         */
        PayEasyDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "pay_easy";
            email: components["schemas"]["DetailsEmail"];
            /** @description Number of the institution that collects the money. */
            bank_id: string;
            /** @description Number that stands for the customer. */
            customer_id: string;
            /** @description Number that confirms the payment. */
            confirmation_id: string;
            instructions_url: components["schemas"]["InstructionsUrl"];
        };
        /**
         * Short amount
         * @description Amount the prepaid cards lack to cover the total, in yen. Zero once the payment is captured.
         */
        ShortAmount: number;
        /**
         * Prepaid card
         * @description Prepaid card that contributed to a payment.
         */
        PrepaidCard: {
            /** @description Last four characters of the card's number. */
            last_four_digits: string;
            /** @description Points taken from the card; one point is one yen. */
            points: number;
        };
        /**
         * Prepaid cards
         * @description Prepaid cards that contributed to the payment, one entry each.
         */
        PrepaidCards: components["schemas"]["PrepaidCard"][];
        /**
         * WebMoney details
         * @description Prepaid WebMoney cards that paid.
         */
        WebMoneyDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "web_money";
            email: components["schemas"]["DetailsEmail"];
            short_amount: components["schemas"]["ShortAmount"];
            prepaid_cards: components["schemas"]["PrepaidCards"];
        };
        /**
         * BitCash details
         * @description Prepaid BitCash payment.
         */
        BitCashDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "bit_cash";
            email: components["schemas"]["DetailsEmail"];
        };
        /**
         * nanaco details
         * @description Prepaid nanaco cards that paid.
         */
        NanacoDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "nanaco";
            email: components["schemas"]["DetailsEmail"];
            short_amount: components["schemas"]["ShortAmount"];
            prepaid_cards: components["schemas"]["PrepaidCards"];
        };
        /**
         * NET CASH details
         * @description Prepaid NET CASH cards that paid.
         */
        NetCashDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "net_cash";
            email: components["schemas"]["DetailsEmail"];
            short_amount: components["schemas"]["ShortAmount"];
            prepaid_cards: components["schemas"]["PrepaidCards"];
        };
        /**
         * Redirect page
         * Format: uri
         * @description Address of the provider's page to which the customer is sent to approve the payment.
         */
        RedirectUrl: string;
        /**
         * Mobile carrier (Korea) details
         * @description Where the customer approves the charge to the phone bill.
         */
        MobileDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "mobile";
            email: components["schemas"]["DetailsEmail"];
            /** @description Carrier that the customer chose. Null until then. */
            provider: string | null;
            redirect_url: components["schemas"]["RedirectUrl"];
        };
        /**
         * Culture Voucher details
         * @description Culture Voucher account that paid.
         */
        CultureVoucherDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "culture_voucher";
            email: components["schemas"]["DetailsEmail"];
            /** @description Name of the Culture Voucher account. */
            culture_id: string;
        };
        /**
         * Happy Money details
         * @description Happy Money account that paid.
         */
        HappyMoneyDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "happy_money";
            email: components["schemas"]["DetailsEmail"];
            /** @description Name of the Happy Money account. */
            happy_money_id: string;
        };
        /**
         * LINE Pay details
         * @description Where the customer approves the LINE Pay payment.
         */
        LinePayDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "line_pay";
            email: components["schemas"]["DetailsEmail"];
            redirect_url: components["schemas"]["RedirectUrl"];
        };
        /**
         * Merpay details
         * @description Where the customer approves the Merpay payment.
         */
        MerpayDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "merpay";
            email: components["schemas"]["DetailsEmail"];
            redirect_url: components["schemas"]["RedirectUrl"];
        };
        /**
         * Mobile carrier (Japan) details
         * @description Where the customer approves the charge to the phone bill.
         */
        JapanMobileDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "japan_mobile";
            email: components["schemas"]["DetailsEmail"];
            /** @description Carrier of the customer. Null where none was named. */
            provider: string | null;
            redirect_url: components["schemas"]["RedirectUrl"];
        };
        /**
         * Paidy details
         * @description Where the customer approves the Paidy payment.
         */
        PaidyDetails: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "paidy";
            email: components["schemas"]["DetailsEmail"];
            redirect_url: components["schemas"]["RedirectUrl"];
        };
        /**
         * Payment details
         * @description Payment method of a payment and what it returned. `type` repeats the one asked for; secrets stay out. A method newer than this document is not in it.
         */
        PaymentDetails: components["schemas"]["CreditCardDetails"] | components["schemas"]["KonbiniDetails"] | components["schemas"]["BankTransferDetails"] | components["schemas"]["PayEasyDetails"] | components["schemas"]["WebMoneyDetails"] | components["schemas"]["BitCashDetails"] | components["schemas"]["NanacoDetails"] | components["schemas"]["NetCashDetails"] | components["schemas"]["MobileDetails"] | components["schemas"]["CultureVoucherDetails"] | components["schemas"]["HappyMoneyDetails"] | components["schemas"]["LinePayDetails"] | components["schemas"]["MerpayDetails"] | components["schemas"]["JapanMobileDetails"] | components["schemas"]["PaidyDetails"];
        /**
         * Metadata
         * @description Key-value pairs that the merchant gave, an empty object for a payment without any.
         */
        Metadata: {
            [key: string]: unknown;
        };
        /**
         * Timestamp
         * Format: date-time
         * @description Date and time, ISO 8601 in UTC.
         */
        Timestamp: string;
        /**
         * Locale
         * @description Language of the instruction pages: English, Japanese or Korean.
         * @example en
         * @enum {string}
         */
        Locale: "en" | "ja" | "ko";
        /**
         * Refund
         * @description Money returned, or on its way back, to the customer.
         */
        Refund: {
            /** @description Identifier of the refund. */
            id: components["schemas"]["Id"];
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "refund";
            /**
             * @description State of the refund. A cash refund is pending until the customer collects the money. Missing from some refunds in webhooks.
             * @enum {string}
             */
            status?: "pending" | "completed";
            /**
             * Format: uri
             * @description Address of the page where the customer chooses how to collect a cash refund. Null for every other refund. Missing from some refunds in webhooks.
             */
            redirect_url?: string | null;
            /** @description Refunded amount, counted as the payment is. */
            amount: number;
            currency: components["schemas"]["PaymentCurrency"];
            /** @description Identifier of the refunded payment. */
            payment: components["schemas"]["Id"];
            /** @description Plain-text note on the refund. Null where none was given. */
            description: string | null;
            /** @description Date and time when the refund was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Whether the customer's bank forced the refund. */
            chargeback: boolean;
        };
        /**
         * Refund request
         * @description Request to send the money of a cash payment to a bank account.
         */
        RefundRequest: {
            /** @description Identifier of the refund request. */
            id: components["schemas"]["Id"];
            /** @description Identifier of the payment to refund. */
            payment: components["schemas"]["Id"];
            /** @description Name of the customer who owns the bank account. */
            customer_name: string;
            /** @description Name of the bank. */
            bank_name: string;
            /** @description Number of the bank's branch. */
            branch_number: string;
            /** @description Number of the bank account. */
            account_number: string;
            /**
             * @description State of the request.
             * @enum {string}
             */
            status: "pending" | "rejected" | "completed";
            /** @description Date and time when the request was created. */
            created_at: components["schemas"]["Timestamp"];
        };
        /**
         * Payment
         * @description Payment with its amounts, its state and everything refunded from it.
         */
        Payment: {
            /** @description Identifier of the payment. */
            id: components["schemas"]["Id"];
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "payment";
            status: components["schemas"]["PaymentStatus"];
            /** @description Amount before tax, counted as the request counts it. */
            amount: number;
            /** @description Tax, counted as the amount is. */
            tax: number;
            /** @description Identifier of the customer whose stored details paid. Null where the request carried the details. */
            customer: string | null;
            /**
             * Format: date-time
             * @description Date and time until which the customer can pay or the merchant can capture. Null for methods without a deadline.
             */
            payment_deadline: string | null;
            /** @description Payment method and what it returned. Null while the customer has yet to choose one. */
            payment_details: components["schemas"]["PaymentDetails"] | null;
            /** @description Fee that the payment method adds for the customer, counted as the amount is. */
            payment_method_fee: number;
            /** @description What the customer pays, `amount` + `tax` + `payment_method_fee`. */
            total: number;
            currency: components["schemas"]["PaymentCurrency"];
            /** @description Plain-text note on the payment. Null where none was given. */
            description: string | null;
            /**
             * Format: date-time
             * @description Date and time when the money was captured. Null until then.
             */
            captured_at: string | null;
            /** @description Identifier of the order in the merchant's system. Null where none was given. */
            external_order_num: string | null;
            metadata: components["schemas"]["Metadata"];
            /** @description Date and time when the payment was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Sum of the amounts of `refunds`, pending ones included. */
            amount_refunded: number;
            locale: components["schemas"]["Locale"];
            /** @description Refunds of the payment. */
            refunds: components["schemas"]["Refund"][];
            /** @description Requests to refund the payment to a bank account. */
            refund_requests: components["schemas"]["RefundRequest"][];
        };
        /**
         * List of payments
         * @description One page of the payments that match the filters.
         */
        PaymentList: {
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "list";
            /** @description Number of payments that match, over all pages. */
            total: number;
            /** @description Number of this page. The first is 1. */
            page: number;
            /** @description Number of payments a page holds at most. */
            per_page: number;
            /** @description Number of the last page, zero where nothing matches. */
            last_page: number;
            /** @description Payments of this page. */
            data: components["schemas"]["Payment"][];
        };
        /**
         * Error code
         * @description Name of the error, for programs to act on. New codes can appear.
         */
        ErrorCode: "bad_request" | "unauthorized" | "request_failed" | "forbidden" | "not_found" | "conflict" | "unprocessable_entity" | "missing_parameter" | "invalid_parameter" | "invalid_payment_type" | "invalid_token" | "invalid_currency" | "not_refundable" | "not_capturable" | "not_cancellable" | "not_chargebackable" | "fraudulent" | "too_many_requests" | "internal_server_error" | "bad_gateway" | "insufficient_funds" | "used_number" | "card_declined" | "invalid_password" | "bad_verification_value" | "exceeds_limit" | "card_expired" | "invalid_number" | "invalid_account" | "restricted_account" | "other_error" | "invalid_user_key" | "other_invalid" | "service_unavailable" | "gateway_timeout" | (string & {});
        /**
         * Error body
         * @description Body of every response that is not a success.
         */
        ErrorBody: {
            /** @description What went wrong. */
            error: {
                code: components["schemas"]["ErrorCode"];
                /** @description What went wrong, in words for the developer. */
                message: string;
                /** @description Parameter at fault, nested ones in brackets as in `payment_details[store]`. Null where no parameter is at fault. */
                param: string | null;
                /** @description More about the error, where there is more. Newer responses carry it. */
                details?: {
                    [key: string]: unknown;
                } | null;
                /** @description Why the card was declined, where the issuer says so. Newer responses carry it. */
                decline_details?: {
                    [key: string]: unknown;
                } | null;
            };
        };
        /**
         * Given name
         * @description Given name of the customer, as the customer writes it.
         * @example 太郎
         */
        GivenName: string;
        /**
         * Family name
         * @description Family name of the customer, as the customer writes it.
         * @example 山田
         */
        FamilyName: string;
        /**
         * E-mail address
         * @description E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out.
         * @example taro@example.com
         */
        Email: string;
        /**
         * Flag
         * @description Boolean, or its name as text, which is how a form sends it. Forms that PHP writes have 1 and 0.
         */
        BooleanInput: boolean | ("true" | "false" | "1" | "0");
        /**
         * Days until expiry
         * @description Number of days, as a number or as text, after which an unpaid payment expires. Expiry falls at the end of that day in Japan.
         * @example 7
         */
        ExpiryDaysInput: number | string;
        /**
         * Credit card
         * @description Card data typed by the customer. Needs `name`, or both `given_name` and `family_name`. Prefer a token: card numbers on your own server fall under PCI DSS.
         */
        CreditCardRequest: {
            /**
             * @description Payment method.
             * @constant
             */
            type: "credit_card";
            /** @description Card number, at most 19 characters. No response repeats it. */
            number: string;
            /**
             * @description Month in which the card expires, 1 to 12, as a number or as text.
             * @example 12
             */
            month: number | string;
            /**
             * @description Year in which the card expires, as a number or as text. Two digits are a year from 2000 on; responses show all four.
             * @example 2030
             */
            year: number | string;
            /** @description Verification value printed on the card. No response repeats it. */
            verification_value?: string;
            /** @description Name of the holder, as printed on the card. */
            name?: string;
            /** @description Given name of the holder. */
            given_name?: components["schemas"]["GivenName"];
            /** @description Family name of the holder. */
            family_name?: components["schemas"]["FamilyName"];
            email?: components["schemas"]["Email"];
            /** @description Whether the holder authenticates with 3-D Secure. */
            three_d_secure?: components["schemas"]["BooleanInput"];
            /** @description Number of days, as a number or as text, until the payment expires. */
            expiry_days?: components["schemas"]["ExpiryDaysInput"];
        } & (({
            /** @description Name of the holder, as printed on the card. */
            name: string;
        } | {
            given_name: components["schemas"]["GivenName"];
            family_name: components["schemas"]["FamilyName"];
        }) & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "credit_card";
        });
        /**
         * Phone number
         * @description Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them.
         * @example 090-1234-5678
         */
        Phone: string;
        /**
         * Convenience store
         * @description Customer pays cash at a convenience store (konbini) before the deadline. The payment stays `authorized` until then.
         */
        KonbiniRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "konbini";
            /**
             * @description Chain of convenience stores where the customer pays.
             * @enum {string}
             */
            store: "seven-eleven" | "lawson" | "family-mart" | "ministop" | "daily-yamazaki" | "seicomart";
            email: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
            expiry_days?: components["schemas"]["ExpiryDaysInput"];
        };
        /**
         * Family name in kana
         * @description Reading of the family name, in katakana.
         * @example ヤマダ
         */
        FamilyNameKana: string;
        /**
         * Given name in kana
         * @description Reading of the given name, in katakana.
         * @example タロウ
         */
        GivenNameKana: string;
        /**
         * Bank transfer
         * @description Customer sends the total to a bank account made for this payment. The payment stays `authorized` until the money arrives.
         */
        BankTransferRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "bank_transfer";
            email: components["schemas"]["Email"];
            phone: components["schemas"]["Phone"];
            family_name: components["schemas"]["FamilyName"];
            given_name: components["schemas"]["GivenName"];
            family_name_kana: components["schemas"]["FamilyNameKana"];
            given_name_kana: components["schemas"]["GivenNameKana"];
            /** @description Number of days, as a number or as text, after which an unpaid payment expires. */
            expiry_days?: number | string;
        };
        /**
         * Pay-easy
         * @description Customer pays at a cash machine or in online banking, with the three numbers of the response. The payment stays `authorized` until then.
         */
        PayEasyRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "pay_easy";
            email: components["schemas"]["Email"];
            phone: components["schemas"]["Phone"];
            family_name: components["schemas"]["FamilyName"];
            given_name: components["schemas"]["GivenName"];
            family_name_kana: components["schemas"]["FamilyNameKana"];
            given_name_kana: components["schemas"]["GivenNameKana"];
            expiry_days?: components["schemas"]["ExpiryDaysInput"];
        };
        /**
         * Prepaid number
         * @description Secret number of the prepaid card, exactly 16 characters. No response repeats it.
         * @example 1111111111111111
         */
        PrepaidNumber: string;
        /**
         * WebMoney
         * @description Customer pays with a prepaid WebMoney card. Captured at once; pending where the card is short, until `updatePayment` adds another.
         */
        WebMoneyRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "web_money";
            prepaid_number: components["schemas"]["PrepaidNumber"];
            email?: components["schemas"]["Email"];
        };
        /**
         * BitCash
         * @description Customer pays with a prepaid BitCash card. Captured at once.
         */
        BitCashRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "bit_cash";
            prepaid_number: components["schemas"]["PrepaidNumber"];
            email?: components["schemas"]["Email"];
        };
        /**
         * nanaco
         * @description Customer pays with a prepaid nanaco card. Captured at once; pending where the card is short, until `updatePayment` adds another.
         */
        NanacoRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "nanaco";
            prepaid_number: components["schemas"]["PrepaidNumber"];
            email?: components["schemas"]["Email"];
        };
        /**
         * NET CASH
         * @description Customer pays with a prepaid NET CASH card. Captured at once; pending where the card is short, until `updatePayment` adds another.
         */
        NetCashRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "net_cash";
            /** @description Secret number of the prepaid card, 16 to 20 characters. No response repeats it. */
            prepaid_number: string;
            email?: components["schemas"]["Email"];
        };
        /**
         * Mobile carrier (Korea)
         * @description Customer pays with the phone bill of a Korean carrier, on the page at `redirect_url`.
         */
        MobileRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "mobile";
            email: components["schemas"]["Email"];
        };
        /**
         * Culture Voucher
         * @description Customer pays from a Korean Culture Voucher account. Captured at once.
         */
        CultureVoucherRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "culture_voucher";
            /** @description Name of the customer's Culture Voucher account, 1 to 12 characters. */
            culture_id: string;
            /** @description Password of the account, 1 to 12 characters. No response repeats it. */
            culture_password: string;
            email?: components["schemas"]["Email"];
        };
        /**
         * Happy Money
         * @description Customer pays from a Korean Happy Money account. Captured at once.
         */
        HappyMoneyRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "happy_money";
            /** @description Name of the customer's Happy Money account, 1 to 20 characters. */
            happy_money_id: string;
            /** @description Password of the account, 1 to 50 characters. No response repeats it. */
            happy_money_password: string;
            email?: components["schemas"]["Email"];
        };
        /**
         * LINE Pay
         * @description Customer approves the payment in the LINE Pay app or page at `redirect_url`.
         */
        LinePayRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "line_pay";
            email?: components["schemas"]["Email"];
        };
        /**
         * Merpay
         * @description Customer approves the payment in the Merpay app or page at `redirect_url`.
         */
        MerpayRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "merpay";
            email?: components["schemas"]["Email"];
        };
        /**
         * Mobile carrier (Japan)
         * @description Customer pays with the phone bill of a Japanese carrier, on the page at `redirect_url`.
         */
        JapanMobileRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "japan_mobile";
            /** @description Carrier of the customer, for example `docomo`. */
            brand?: string;
            email?: components["schemas"]["Email"];
        };
        /**
         * Count
         * @description Whole number, zero or more, or the same number as text.
         * @example 3
         */
        CountInput: number | string;
        /**
         * Paidy
         * @description Customer buys now and pays Paidy later, after approval on the page at `redirect_url`. Paidy decides by the address and the order history.
         */
        PaidyRequest: {
            /**
             * @description Payment method. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "paidy";
            email?: components["schemas"]["Email"];
            /** @description Postal code of the billing address, seven digits. */
            billing_address_zip?: string;
            /** @description Prefecture of the billing address. */
            billing_address_state?: string;
            /** @description City of the billing address. */
            billing_address_city?: string;
            /** @description Building and apartment number of the billing address. */
            billing_address_line1?: string;
            /** @description District, block and house number of the billing address. */
            billing_address_line2?: string;
            /** @description Name of the customer, as the customer writes it. */
            customer_name?: string;
            /** @description Reading of the name, in katakana. */
            customer_name_kana?: string;
            /** @description Days since the customer opened an account with the merchant. */
            customer_age?: components["schemas"]["CountInput"];
            /** @description Number of earlier orders, this one left out. */
            customer_order_count?: components["schemas"]["CountInput"];
            /** @description Total of all earlier orders, in yen. */
            customer_lifetime_value?: components["schemas"]["CountInput"];
            /** @description Total of the order before this one, in yen. */
            customer_last_order_amount?: components["schemas"]["CountInput"];
            /** @description Days since the order before this one. */
            customer_last_order_at?: components["schemas"]["CountInput"];
        };
        /**
         * Payment details to use
         * @description Payment method and what it needs to know of the customer. `type` selects the method.
         */
        PaymentDetailsRequest: components["schemas"]["CreditCardRequest"] | components["schemas"]["KonbiniRequest"] | components["schemas"]["BankTransferRequest"] | components["schemas"]["PayEasyRequest"] | components["schemas"]["WebMoneyRequest"] | components["schemas"]["BitCashRequest"] | components["schemas"]["NanacoRequest"] | components["schemas"]["NetCashRequest"] | components["schemas"]["MobileRequest"] | components["schemas"]["CultureVoucherRequest"] | components["schemas"]["HappyMoneyRequest"] | components["schemas"]["LinePayRequest"] | components["schemas"]["MerpayRequest"] | components["schemas"]["JapanMobileRequest"] | components["schemas"]["PaidyRequest"];
        /**
         * Token
         * @description Token that stands for payment details collected elsewhere, so that card data stays off the merchant's server.
         * @example tok_1a2b3c4d5e6f
         */
        Token: string;
        /**
         * Payment source
         * @description Payment method with its details, or a token that stands for them.
         */
        PaymentSource: components["schemas"]["PaymentDetailsRequest"] | components["schemas"]["Token"];
        /**
         * Customer
         * @description Identifier of an existing customer whose stored payment details pay.
         * @example cus_1a2b3c4d5e6f
         */
        CustomerId: string;
        /**
         * Amount before tax
         * @description Amount before tax, `1000` for ¥1,000. Accepts a number or the same number as text, which uses `.` for decimals and groups no digits. Newer versions of the API count in the smallest unit of the currency, cents for USD; the unit of this version is nowhere stated.
         * @example 1000
         */
        AmountInput: number | string;
        /**
         * Tax to add
         * @description Tax to add to `amount`, counted as the amount is. `auto`, null and an omitted tax all apply the highest consumption tax rate of Japan, 10 %. Fractions below the smallest unit of the currency round half up.
         * @example auto
         */
        TaxInput: number | string | null;
        /**
         * Metadata to keep
         * @description Key-value pairs of your own, returned with the payment. Null means none.
         */
        MetadataInput: {
            [key: string]: string | number | boolean;
        } | null;
        /**
         * IP address
         * @description IP address, version 4 or 6.
         * @example 203.0.113.7
         */
        IpAddress: string;
        /**
         * Fraud details
         * @description What the merchant knows of the customer, for the fraud check. Every property but `customer_id` needs `customer_ip`.
         */
        FraudDetails: {
            /** @description IP address of the customer, version 4 or 6. */
            customer_ip?: components["schemas"]["IpAddress"];
            customer_email?: components["schemas"]["Email"];
            /** @description Identifier of the customer in the merchant's system. */
            customer_id?: string;
            /** @description Language of the customer's browser, as its `Accept-Language` header gives it. */
            browser_language?: string;
            /** @description User agent of the customer's browser. */
            browser_user_agent?: string;
        } | null;
        /**
         * Create payment request
         * @description Payment to create. Names exactly one source of payment details, `payment_details` or `customer`.
         */
        CreatePaymentRequest: {
            amount: components["schemas"]["AmountInput"];
            currency: components["schemas"]["PaymentCurrency"];
            /** @description Payment method with its details, or a token. Null counts as left out. */
            payment_details?: components["schemas"]["PaymentSource"] | null;
            /** @description Identifier of an existing customer whose stored payment details pay. Null counts as left out. */
            customer?: components["schemas"]["CustomerId"] | null;
            tax?: components["schemas"]["TaxInput"];
            /** @description Whether a card payment is captured at once. False authorizes only; capture follows with `capturePayment`. Ignored for every payment method but credit_card. True where omitted. */
            capture?: components["schemas"]["BooleanInput"];
            /** @description Plain-text note on the payment. */
            description?: string | null;
            /** @description Identifier of the order in the merchant's system. */
            external_order_num?: string | null;
            /** @description Language of the instruction pages. Japanese where omitted. */
            locale?: components["schemas"]["Locale"];
            metadata?: components["schemas"]["MetadataInput"];
            /** @description E-mail address of the customer. Undocumented by KOMOJU; its own samples send it. */
            email?: components["schemas"]["Email"];
            /**
             * Format: uri
             * @description Address to which a redirect payment method sends the customer back. Undocumented by KOMOJU; its own samples send it.
             */
            return_url?: string;
            /**
             * Format: uri
             * @description Address to which a redirect payment method sends a customer who gives up.
             */
            cancel_url?: string;
            /** @description Origin of the request, as a partner names it. KOMOJU does not say more. */
            partner_origin?: string;
            fraud_details?: components["schemas"]["FraudDetails"];
            /** @description Flag of unknown effect. Undocumented by KOMOJU; its own samples send it. */
            debug?: components["schemas"]["BooleanInput"];
        } & ({
            payment_details: components["schemas"]["PaymentSource"];
            /** @description Left out, or null. */
            customer?: null;
        } | {
            customer: components["schemas"]["CustomerId"];
            /** @description Left out, or null. */
            payment_details?: null;
        });
        /**
         * Further prepaid card
         * @description Card that pays what the first one lacks of a prepaid payment, which is `pending` until then. The reference pages do not mention it.
         */
        FurtherCardRequest: components["schemas"]["WebMoneyRequest"] | components["schemas"]["NanacoRequest"] | components["schemas"]["NetCashRequest"];
        /**
         * Update payment request
         * @description What to change of a payment. Everything else stays as it was.
         */
        UpdatePaymentRequest: {
            /** @description Plain-text note on the payment. Null removes it. */
            description?: string | null;
            metadata?: components["schemas"]["MetadataInput"];
            payment_details?: components["schemas"]["FurtherCardRequest"];
        };
        /**
         * Capture payment request
         * @description Empty object. Capture takes the authorized amount and has no options.
         */
        CapturePaymentRequest: Record<string, never>;
        /**
         * Refund payment request
         * @description How much to refund, and whom. An empty object refunds all that is left.
         */
        RefundPaymentRequest: {
            /** @description Amount to refund, counted as the payment is. All that is left of the total where omitted. */
            amount?: components["schemas"]["AmountInput"];
            /** @description Plain-text note on the refund. */
            description?: string | null;
            /** @description Name of the customer who receives the refund. */
            name?: string;
            email?: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
            /** @description What the merchant knows of the customer, with the properties of `createPayment`. Not checked here. */
            fraud_details?: Record<string, never> | null;
        };
        /**
         * Refund to a bank account
         * @description Bank account that receives the money, and how much of it.
         */
        RequestRefundRequest: {
            /** @description Amount to refund, counted as the payment is. */
            amount: components["schemas"]["AmountInput"];
            /** @description Name of the customer who owns the bank account. */
            customer_name: string;
            /** @description Name of the bank. */
            bank_name: string;
            /** @description Number of the bank's branch. */
            branch_number: string;
            /**
             * @description Kind of the bank account.
             * @enum {string}
             */
            account_type: "normal" | "checking";
            /** @description Number of the bank account. An integer is taken too, and loses leading zeros before it is sent. */
            account_number: string | number;
            /** @description Whether the refund includes the payment's `payment_method_fee`. True charges that fee to the merchant. */
            include_payment_method_fee: components["schemas"]["BooleanInput"];
            /** @description Plain-text note on the refund request. */
            description?: string | null;
        };
        /**
         * Cancel payment request
         * @description Usually empty. Cancelling has no options.
         */
        CancelPaymentRequest: {
            /** @description Flag of unknown effect. Undocumented by KOMOJU; one of its samples sends it. */
            debug?: components["schemas"]["BooleanInput"];
            /** @description What the merchant knows of the customer, with the properties of `createPayment`. Not checked here. */
            fraud_details?: Record<string, never> | null;
        };
        /**
         * Account currency
         * @description Three-letter ISO 4217 code of an account's default currency.
         * @example JPY
         * @enum {string}
         */
        AccountCurrency: "JPY" | "USD" | "TWD" | "EUR" | "KRW" | "PLN";
        /**
         * Time zone
         * @description Time zone of an account, a name of the IANA time zone database.
         * @example Asia/Tokyo
         * @enum {string}
         */
        TimeZone: "Africa/Algiers" | "Africa/Cairo" | "Africa/Casablanca" | "Africa/Harare" | "Africa/Johannesburg" | "Africa/Monrovia" | "Africa/Nairobi" | "America/Argentina/Buenos_Aires" | "America/Bogota" | "America/Caracas" | "America/Chicago" | "America/Chihuahua" | "America/Denver" | "America/Godthab" | "America/Guatemala" | "America/Guyana" | "America/Halifax" | "America/Indiana/Indianapolis" | "America/Juneau" | "America/La_Paz" | "America/Lima" | "America/Los_Angeles" | "America/Mazatlan" | "America/Mexico_City" | "America/Monterrey" | "America/Montevideo" | "America/New_York" | "America/Phoenix" | "America/Puerto_Rico" | "America/Regina" | "America/Santiago" | "America/Sao_Paulo" | "America/St_Johns" | "America/Tijuana" | "Asia/Almaty" | "Asia/Baghdad" | "Asia/Baku" | "Asia/Bangkok" | "Asia/Chongqing" | "Asia/Colombo" | "Asia/Dhaka" | "Asia/Hong_Kong" | "Asia/Irkutsk" | "Asia/Jakarta" | "Asia/Jerusalem" | "Asia/Kabul" | "Asia/Kamchatka" | "Asia/Karachi" | "Asia/Kathmandu" | "Asia/Kolkata" | "Asia/Krasnoyarsk" | "Asia/Kuala_Lumpur" | "Asia/Kuwait" | "Asia/Magadan" | "Asia/Muscat" | "Asia/Novosibirsk" | "Asia/Rangoon" | "Asia/Riyadh" | "Asia/Seoul" | "Asia/Shanghai" | "Asia/Singapore" | "Asia/Srednekolymsk" | "Asia/Taipei" | "Asia/Tashkent" | "Asia/Tbilisi" | "Asia/Tehran" | "Asia/Tokyo" | "Asia/Ulaanbaatar" | "Asia/Urumqi" | "Asia/Vladivostok" | "Asia/Yakutsk" | "Asia/Yekaterinburg" | "Asia/Yerevan" | "Atlantic/Azores" | "Atlantic/Cape_Verde" | "Atlantic/South_Georgia" | "Australia/Adelaide" | "Australia/Brisbane" | "Australia/Darwin" | "Australia/Hobart" | "Australia/Melbourne" | "Australia/Perth" | "Australia/Sydney" | "Etc/GMT+12" | "Etc/UTC" | "Europe/Amsterdam" | "Europe/Athens" | "Europe/Belgrade" | "Europe/Berlin" | "Europe/Bratislava" | "Europe/Brussels" | "Europe/Bucharest" | "Europe/Budapest" | "Europe/Copenhagen" | "Europe/Dublin" | "Europe/Helsinki" | "Europe/Istanbul" | "Europe/Kaliningrad" | "Europe/Kiev" | "Europe/Lisbon" | "Europe/Ljubljana" | "Europe/London" | "Europe/Madrid" | "Europe/Minsk" | "Europe/Moscow" | "Europe/Paris" | "Europe/Prague" | "Europe/Riga" | "Europe/Rome" | "Europe/Samara" | "Europe/Sarajevo" | "Europe/Skopje" | "Europe/Sofia" | "Europe/Stockholm" | "Europe/Tallinn" | "Europe/Vienna" | "Europe/Vilnius" | "Europe/Volgograd" | "Europe/Warsaw" | "Europe/Zagreb" | "Europe/Zurich" | "Pacific/Apia" | "Pacific/Auckland" | "Pacific/Chatham" | "Pacific/Fakaofo" | "Pacific/Fiji" | "Pacific/Guadalcanal" | "Pacific/Guam" | "Pacific/Honolulu" | "Pacific/Majuro" | "Pacific/Midway" | "Pacific/Noumea" | "Pacific/Pago_Pago" | "Pacific/Port_Moresby" | "Pacific/Tongatapu";
        /**
         * Create account request
         * @description Account to open.
         */
        CreateAccountRequest: {
            /** @description Name of the account, unique among all accounts. */
            name: string;
            default_currency: components["schemas"]["AccountCurrency"];
            time_zone: components["schemas"]["TimeZone"];
        };
        /**
         * Account
         * @description Account of a submerchant, with one merchant for live and one for test payments.
         */
        Account: {
            /** @description Identifier of the account. */
            id: components["schemas"]["Id"];
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "account";
            /** @description Name of the account. */
            name: string;
            default_currency: components["schemas"]["AccountCurrency"];
            time_zone: components["schemas"]["TimeZone"];
            /** @description Identifier of the merchant that takes live payments. */
            live_merchant: components["schemas"]["Id"];
            /** @description Identifier of the merchant that takes test payments. */
            test_merchant: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description Date and time when the owner accepted the service agreement. Null until then.
             */
            accepted_service_agreement_at: string | null;
            /** @description IP address from which the owner accepted the service agreement. Null until then. */
            accepted_service_agreement_ip: string | null;
            /** @description Date and time when the account was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Date and time when the account last changed. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /**
         * Update account request
         * @description What to change of an account. Everything else stays as it was.
         */
        UpdateAccountRequest: {
            default_currency?: components["schemas"]["AccountCurrency"];
            time_zone?: components["schemas"]["TimeZone"];
        };
        /**
         * Accept service agreement request
         * @description When and from where the owner of the account accepted the agreement.
         */
        AcceptServiceAgreementRequest: {
            /**
             * Format: date-time
             * @description Date and time when the owner accepted the agreement, ISO 8601.
             */
            accepted_service_agreement_at: string;
            /** @description IP address, version 4 or 6, from which the owner accepted the agreement. */
            accepted_service_agreement_ip: components["schemas"]["IpAddress"];
        };
        /**
         * Payment event
         * @description What happened to a payment, and the payment as it stood then.
         */
        PaymentEvent: {
            /** @description Identifier of the event. */
            id: string;
            /** @description What happened. */
            type: string;
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "event";
            /** @description Payment as it stood when the event happened. */
            data: components["schemas"]["Payment"];
            /** @description Date and time when the event happened. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Why it happened, where there is more to say. */
            reason?: string | null;
        };
        /**
         * Payment authorized event
         * @description Money is reserved, or instructions are issued and the customer has yet to pay.
         */
        PaymentAuthorizedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.authorized";
        };
        /**
         * Payment captured event
         * @description Money is received: ship the goods.
         */
        PaymentCapturedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.captured";
        };
        /**
         * Payment updated event
         * @description Description or metadata of the payment changed.
         */
        PaymentUpdatedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.updated";
        };
        /**
         * Payment expired event
         * @description Deadline passed before the customer paid: release the goods.
         */
        PaymentExpiredEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.expired";
        };
        /**
         * Payment cancelled event
         * @description Payment was cancelled before capture.
         */
        PaymentCancelledEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.cancelled";
        };
        /**
         * Refund created event
         * @description Refund started; a cash refund still waits for the customer.
         */
        PaymentRefundCreatedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.refund.created";
        };
        /**
         * Payment refunded event
         * @description Completed refunds add up to the total.
         */
        PaymentRefundedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.refunded";
        };
        /**
         * Payment failed event
         * @description Attempt to pay failed.
         */
        PaymentFailedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "payment.failed";
        };
        /**
         * Refund request updated event
         * @description KOMOJU completed or rejected a refund request.
         */
        RefundRequestUpdatedEvent: components["schemas"]["PaymentEvent"] & {
            /**
             * @description What happened.
             * @constant
             */
            type?: "refund_request.updated";
        };
        /**
         * Ping event
         * @description Test of the connection. Carries no payment.
         */
        PingEvent: {
            /** @description Identifier of the event. */
            id: string;
            /**
             * @description What happened.
             * @constant
             */
            type: "ping";
            /**
             * @description Kind of this object.
             * @constant
             */
            resource: "event";
            /** @description Content that KOMOJU does not document. */
            data: {
                [key: string]: unknown;
            } | null;
            /** @description Date and time when the event happened. */
            created_at: components["schemas"]["Timestamp"];
        };
    };
    responses: {
        /** @description Body cannot be read as its content type says. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Secret key is missing or wrong. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Secret key is valid, but not allowed to do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Parameter has a value that is not allowed. */
        InvalidParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Requests come too fast. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description KOMOJU failed to process the request. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Payment provider gave no usable response. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description KOMOJU is down for a moment. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Payment provider did not respond in time. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Request is valid, but the payment failed. */
        PaymentFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Request with the same idempotency key is still in flight. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Parameter is missing or wrong, or KOMOJU rejects the payment for its currency, its token or the fraud check. */
        PaymentRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Payment provider or card issuer declined, or gave no usable response. */
        PaymentDeclined: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description No object has this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Payment is not an authorized card payment, or a parameter is wrong. */
        NotCapturable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Parameter is missing or wrong, or the payment cannot be refunded. */
        NotRefundable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Payment is neither pending nor authorized, or a parameter is wrong. */
        NotCancellable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Parameter is missing or has a value that is not allowed. */
        InvalidParameters: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Event received. */
        EventReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description Date and time after which the payments were created, ISO 8601. A date alone is its first moment in UTC.
         * @example 2020-06-09T00:00:00Z
         */
        StartTime: string;
        /**
         * @description Date and time before which the payments were created, ISO 8601. A date alone is its first moment in UTC.
         * @example 2020-06-10T00:00:00Z
         */
        EndTime: string;
        /**
         * @description Number of payments a page holds at most. KOMOJU publishes no maximum.
         * @example 10
         */
        PerPage: number;
        /**
         * @description Number of the page. The first is 1.
         * @example 1
         */
        Page: number;
        /**
         * @description Currency of the payments.
         * @example JPY
         */
        CurrencyFilter: components["schemas"]["PaymentCurrency"];
        /**
         * @description Identifier of the order in the merchant's system.
         * @example 123
         */
        ExternalOrderNumFilter: string;
        /**
         * @description States of the payments, one or several separated by commas.
         * @example [
         *       "authorized",
         *       "captured"
         *     ]
         */
        StatusFilter: components["schemas"]["PaymentStatus"][];
        /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
        IdempotencyKey: string;
        /** @description Error code that the payment fails with, in test mode. */
        Scenario: components["schemas"]["ErrorCode"];
        /**
         * @description Identifier of the payment.
         * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
         */
        PaymentId: components["schemas"]["Id"];
        /**
         * @description Identifier of the account.
         * @example 0sf3wwxqv0vbuvxhur81yyw51
         */
        AccountId: components["schemas"]["Id"];
        /**
         * @description Identifier of the delivery. The `id` in the body identifies the event.
         * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
         */
        WebhookId: string;
        /**
         * @description Type of the event.
         * @example payment.captured
         */
        WebhookEvent: string;
        /**
         * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
         * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
         */
        WebhookSignature: string;
        /**
         * @description Always `Komoju-Webhook`.
         * @example Komoju-Webhook
         */
        WebhookUserAgent: "Komoju-Webhook";
    };
    requestBodies: never;
    headers: {
        /**
         * @description Authentication scheme that the server expects. KOMOJU does not document it; the mock and the sandbox send it.
         * @example Basic realm="KOMOJU"
         */
        Authenticate: string;
        /**
         * @description Seconds to wait before the next try. KOMOJU does not document it; the sandbox sends it.
         * @example 30
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type PaymentCurrency = components['schemas']['PaymentCurrency'];
export type PaymentStatus = components['schemas']['PaymentStatus'];
export type Id = components['schemas']['Id'];
export type DetailsEmail = components['schemas']['DetailsEmail'];
export type CardBrand = components['schemas']['CardBrand'];
export type CreditCardDetails = components['schemas']['CreditCardDetails'];
export type Store = components['schemas']['Store'];
export type InstructionsUrl = components['schemas']['InstructionsUrl'];
export type KonbiniDetails = components['schemas']['KonbiniDetails'];
export type BankTransferDetails = components['schemas']['BankTransferDetails'];
export type PayEasyDetails = components['schemas']['PayEasyDetails'];
export type ShortAmount = components['schemas']['ShortAmount'];
export type PrepaidCard = components['schemas']['PrepaidCard'];
export type PrepaidCards = components['schemas']['PrepaidCards'];
export type WebMoneyDetails = components['schemas']['WebMoneyDetails'];
export type BitCashDetails = components['schemas']['BitCashDetails'];
export type NanacoDetails = components['schemas']['NanacoDetails'];
export type NetCashDetails = components['schemas']['NetCashDetails'];
export type RedirectUrl = components['schemas']['RedirectUrl'];
export type MobileDetails = components['schemas']['MobileDetails'];
export type CultureVoucherDetails = components['schemas']['CultureVoucherDetails'];
export type HappyMoneyDetails = components['schemas']['HappyMoneyDetails'];
export type LinePayDetails = components['schemas']['LinePayDetails'];
export type MerpayDetails = components['schemas']['MerpayDetails'];
export type JapanMobileDetails = components['schemas']['JapanMobileDetails'];
export type PaidyDetails = components['schemas']['PaidyDetails'];
export type PaymentDetails = components['schemas']['PaymentDetails'];
export type Metadata = components['schemas']['Metadata'];
export type Timestamp = components['schemas']['Timestamp'];
export type Locale = components['schemas']['Locale'];
export type Refund = components['schemas']['Refund'];
export type RefundRequest = components['schemas']['RefundRequest'];
export type Payment = components['schemas']['Payment'];
export type PaymentList = components['schemas']['PaymentList'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ErrorBody = components['schemas']['ErrorBody'];
export type GivenName = components['schemas']['GivenName'];
export type FamilyName = components['schemas']['FamilyName'];
export type Email = components['schemas']['Email'];
export type BooleanInput = components['schemas']['BooleanInput'];
export type ExpiryDaysInput = components['schemas']['ExpiryDaysInput'];
export type CreditCardRequest = components['schemas']['CreditCardRequest'];
export type Phone = components['schemas']['Phone'];
export type KonbiniRequest = components['schemas']['KonbiniRequest'];
export type FamilyNameKana = components['schemas']['FamilyNameKana'];
export type GivenNameKana = components['schemas']['GivenNameKana'];
export type BankTransferRequest = components['schemas']['BankTransferRequest'];
export type PayEasyRequest = components['schemas']['PayEasyRequest'];
export type PrepaidNumber = components['schemas']['PrepaidNumber'];
export type WebMoneyRequest = components['schemas']['WebMoneyRequest'];
export type BitCashRequest = components['schemas']['BitCashRequest'];
export type NanacoRequest = components['schemas']['NanacoRequest'];
export type NetCashRequest = components['schemas']['NetCashRequest'];
export type MobileRequest = components['schemas']['MobileRequest'];
export type CultureVoucherRequest = components['schemas']['CultureVoucherRequest'];
export type HappyMoneyRequest = components['schemas']['HappyMoneyRequest'];
export type LinePayRequest = components['schemas']['LinePayRequest'];
export type MerpayRequest = components['schemas']['MerpayRequest'];
export type JapanMobileRequest = components['schemas']['JapanMobileRequest'];
export type CountInput = components['schemas']['CountInput'];
export type PaidyRequest = components['schemas']['PaidyRequest'];
export type PaymentDetailsRequest = components['schemas']['PaymentDetailsRequest'];
export type Token = components['schemas']['Token'];
export type PaymentSource = components['schemas']['PaymentSource'];
export type CustomerId = components['schemas']['CustomerId'];
export type AmountInput = components['schemas']['AmountInput'];
export type TaxInput = components['schemas']['TaxInput'];
export type MetadataInput = components['schemas']['MetadataInput'];
export type IpAddress = components['schemas']['IpAddress'];
export type FraudDetails = components['schemas']['FraudDetails'];
export type CreatePaymentRequest = components['schemas']['CreatePaymentRequest'];
export type FurtherCardRequest = components['schemas']['FurtherCardRequest'];
export type UpdatePaymentRequest = components['schemas']['UpdatePaymentRequest'];
export type CapturePaymentRequest = components['schemas']['CapturePaymentRequest'];
export type RefundPaymentRequest = components['schemas']['RefundPaymentRequest'];
export type RequestRefundRequest = components['schemas']['RequestRefundRequest'];
export type CancelPaymentRequest = components['schemas']['CancelPaymentRequest'];
export type AccountCurrency = components['schemas']['AccountCurrency'];
export type TimeZone = components['schemas']['TimeZone'];
export type CreateAccountRequest = components['schemas']['CreateAccountRequest'];
export type Account = components['schemas']['Account'];
export type UpdateAccountRequest = components['schemas']['UpdateAccountRequest'];
export type AcceptServiceAgreementRequest = components['schemas']['AcceptServiceAgreementRequest'];
export type PaymentEvent = components['schemas']['PaymentEvent'];
export type PaymentAuthorizedEvent = components['schemas']['PaymentAuthorizedEvent'];
export type PaymentCapturedEvent = components['schemas']['PaymentCapturedEvent'];
export type PaymentUpdatedEvent = components['schemas']['PaymentUpdatedEvent'];
export type PaymentExpiredEvent = components['schemas']['PaymentExpiredEvent'];
export type PaymentCancelledEvent = components['schemas']['PaymentCancelledEvent'];
export type PaymentRefundCreatedEvent = components['schemas']['PaymentRefundCreatedEvent'];
export type PaymentRefundedEvent = components['schemas']['PaymentRefundedEvent'];
export type PaymentFailedEvent = components['schemas']['PaymentFailedEvent'];
export type RefundRequestUpdatedEvent = components['schemas']['RefundRequestUpdatedEvent'];
export type PingEvent = components['schemas']['PingEvent'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseInvalidParameter = components['responses']['InvalidParameter'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseInternalServerError = components['responses']['InternalServerError'];
export type ResponseBadGateway = components['responses']['BadGateway'];
export type ResponseServiceUnavailable = components['responses']['ServiceUnavailable'];
export type ResponseGatewayTimeout = components['responses']['GatewayTimeout'];
export type ResponsePaymentFailed = components['responses']['PaymentFailed'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponsePaymentRejected = components['responses']['PaymentRejected'];
export type ResponsePaymentDeclined = components['responses']['PaymentDeclined'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseNotCapturable = components['responses']['NotCapturable'];
export type ResponseNotRefundable = components['responses']['NotRefundable'];
export type ResponseNotCancellable = components['responses']['NotCancellable'];
export type ResponseInvalidParameters = components['responses']['InvalidParameters'];
export type ResponseEventReceived = components['responses']['EventReceived'];
export type ParameterStartTime = components['parameters']['StartTime'];
export type ParameterEndTime = components['parameters']['EndTime'];
export type ParameterPerPage = components['parameters']['PerPage'];
export type ParameterPage = components['parameters']['Page'];
export type ParameterCurrencyFilter = components['parameters']['CurrencyFilter'];
export type ParameterExternalOrderNumFilter = components['parameters']['ExternalOrderNumFilter'];
export type ParameterStatusFilter = components['parameters']['StatusFilter'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterScenario = components['parameters']['Scenario'];
export type ParameterPaymentId = components['parameters']['PaymentId'];
export type ParameterAccountId = components['parameters']['AccountId'];
export type ParameterWebhookId = components['parameters']['WebhookId'];
export type ParameterWebhookEvent = components['parameters']['WebhookEvent'];
export type ParameterWebhookSignature = components['parameters']['WebhookSignature'];
export type ParameterWebhookUserAgent = components['parameters']['WebhookUserAgent'];
export type HeaderAuthenticate = components['headers']['Authenticate'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    listPayments: {
        parameters: {
            query?: {
                /**
                 * @description Date and time after which the payments were created, ISO 8601. A date alone is its first moment in UTC.
                 * @example 2020-06-09T00:00:00Z
                 */
                start_time?: components["parameters"]["StartTime"];
                /**
                 * @description Date and time before which the payments were created, ISO 8601. A date alone is its first moment in UTC.
                 * @example 2020-06-10T00:00:00Z
                 */
                end_time?: components["parameters"]["EndTime"];
                /**
                 * @description Number of payments a page holds at most. KOMOJU publishes no maximum.
                 * @example 10
                 */
                per_page?: components["parameters"]["PerPage"];
                /**
                 * @description Number of the page. The first is 1.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Currency of the payments.
                 * @example JPY
                 */
                currency?: components["parameters"]["CurrencyFilter"];
                /**
                 * @description Identifier of the order in the merchant's system.
                 * @example 123
                 */
                external_order_num?: components["parameters"]["ExternalOrderNumFilter"];
                /**
                 * @description States of the payments, one or several separated by commas.
                 * @example [
                 *       "authorized",
                 *       "captured"
                 *     ]
                 */
                status?: components["parameters"]["StatusFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidParameter"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
                /** @description Error code that the payment fails with, in test mode. */
                "Komoju-Scenario"?: components["parameters"]["Scenario"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePaymentRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["CreatePaymentRequest"];
            };
        };
        responses: {
            /** @description Payment, captured or waiting for its customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentFailed"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["PaymentRejected"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["PaymentDeclined"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    updatePayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdatePaymentRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["UpdatePaymentRequest"];
            };
        };
        responses: {
            /** @description Payment with its changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidParameter"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    capturePayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CapturePaymentRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["CapturePaymentRequest"];
            };
        };
        responses: {
            /** @description Captured payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotCapturable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefundPaymentRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["RefundPaymentRequest"];
            };
        };
        responses: {
            /** @description Payment with its new refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotRefundable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    requestRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestRefundRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["RequestRefundRequest"];
            };
        };
        responses: {
            /** @description Payment with its new refund request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotRefundable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    cancelPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelPaymentRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["CancelPaymentRequest"];
            };
        };
        responses: {
            /** @description Cancelled payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["NotCancellable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAccountRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["CreateAccountRequest"];
            };
        };
        responses: {
            /** @description New account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidParameters"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateAccountRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["UpdateAccountRequest"];
            };
        };
        responses: {
            /** @description Account with its changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidParameter"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    acceptServiceAgreement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. At most 100 ASCII characters. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptServiceAgreementRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["AcceptServiceAgreementRequest"];
            };
        };
        responses: {
            /** @description Account with the accepted agreement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidParameters"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    receivePaymentAuthorized: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentAuthorizedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentCaptured: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentCapturedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentUpdatedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentExpired: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentExpiredEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentCancelled: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentCancelledEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentRefundCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRefundCreatedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentRefunded: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRefundedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePaymentFailed: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentFailedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receiveRefundRequestUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequestUpdatedEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
    receivePing: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * @description Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * @description HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * @description Always `Komoju-Webhook`.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PingEvent"];
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
}
