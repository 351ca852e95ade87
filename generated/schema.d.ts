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
         *
         * Returns the payments that match every filter, one page at a time. Use it to reconcile orders; to follow one payment, use `getPayment` or webhooks. Times filter by creation: for what was captured in a period, list from further back and read `captured_at`.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Create a payment
         *
         * Charges an amount with one of the 15 payment methods, a token, or a stored customer. Send exactly one of `payment_details` and `customer`.
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
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /**
         * Get a payment
         *
         * Returns one payment with its refunds and refund requests, as it stands now. Use it when a webhook arrives or a customer returns, before you ship.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a payment
         *
         * Changes the description and the metadata of a payment, or adds a further card to a prepaid payment that is short. `payment_details.short_amount` of the payment tells what is missing. Nothing else of a payment can change; to change an amount, cancel or refund and create a new payment.
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
                 * Identifier of the payment.
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
         *
         * Collects the money of a card payment that was created with `capture: false`. Works on authorized card payments only, before their deadline. It takes no amount and collects the total; to charge less, refund the difference.
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
                 * Identifier of the payment.
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
         *
         * Returns all that is left of a captured payment, or the part that `amount` names.
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
                 * Identifier of the payment.
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
         *
         * Asks KOMOJU to send the money of a cash payment (konbini, bank_transfer, pay_easy) to the customer's bank account. Use it where a transfer suits the customer better than `refundPayment`, which pays cash payments out at a store. KOMOJU reviews the request before it transfers; a `refund_request.updated` webhook tells whether it is completed or rejected.
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
                 * Identifier of the payment.
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
         *
         * Gives up a payment that is pending or authorized: nothing is charged, a reserved amount is released. Captured payments cannot be cancelled; refund them.
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
         *
         * Opens an account for a submerchant, with one merchant for live and one for test payments. Its owner then accepts the service agreement: `acceptServiceAgreement`. Beta: ask KOMOJU for access first.
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
                 * Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /**
         * Get an account
         *
         * Returns one account as it stands now. Beta: ask KOMOJU for access first.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update an account
         *
         * Changes the default currency and the time zone of an account. The name stays. Beta: ask KOMOJU for access first.
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
                 * Identifier of the account.
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
         *
         * Records that the owner of the account accepted the service agreement. The caller makes sure that the owner has read the Payment Processing Service Terms of Use, or 代金収納代行サービス利用規約. Beta: ask KOMOJU for access first.
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
         *
         * Money is reserved, or instructions are issued and the customer has yet to pay.
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
         *
         * Money is received: ship the goods.
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
         *
         * The payment was updated: its description, its metadata, or the further card that pays the rest.
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
         *
         * Deadline passed before the customer paid: release the goods, unless another payment has paid for the order.
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
         *
         * Payment was cancelled before capture.
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
         *
         * Refund started; a cash refund still waits for the customer.
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
         *
         * Completed refunds add up to the total.
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
         *
         * Attempt to pay failed. The customer may try again, so payment.captured can follow; newer documentation of KOMOJU also reports a declined creation in this way. Keep the order open.
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
         *
         * KOMOJU completed or rejected a refund request.
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
         *
         * Test of the connection, sent when a webhook is set up.
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
        PaymentCurrency: PaymentCurrency;
        PaymentStatus: PaymentStatus;
        Id: Id;
        DetailsEmail: DetailsEmail;
        CardBrand: CardBrand;
        CreditCardDetails: CreditCardDetails;
        Store: Store;
        InstructionsUrl: InstructionsUrl;
        KonbiniDetails: KonbiniDetails;
        BankTransferDetails: BankTransferDetails;
        PayEasyDetails: PayEasyDetails;
        ShortAmount: ShortAmount;
        PrepaidCard: PrepaidCard;
        PrepaidCards: PrepaidCards;
        WebMoneyDetails: WebMoneyDetails;
        BitCashDetails: BitCashDetails;
        NanacoDetails: NanacoDetails;
        NetCashDetails: NetCashDetails;
        RedirectUrl: RedirectUrl;
        MobileDetails: MobileDetails;
        CultureVoucherDetails: CultureVoucherDetails;
        HappyMoneyDetails: HappyMoneyDetails;
        LinePayDetails: LinePayDetails;
        MerpayDetails: MerpayDetails;
        JapanMobileDetails: JapanMobileDetails;
        PaidyDetails: PaidyDetails;
        PaymentDetails: PaymentDetails;
        Metadata: Metadata;
        Timestamp: Timestamp;
        Locale: Locale;
        Refund: Refund;
        RefundRequest: RefundRequest;
        Payment: Payment;
        PaymentList: PaymentList;
        ErrorCode: ErrorCode;
        ErrorBody: ErrorBody;
        GivenName: GivenName;
        FamilyName: FamilyName;
        Email: Email;
        BooleanInput: BooleanInput;
        ExpiryDaysInput: ExpiryDaysInput;
        CreditCardRequest: CreditCardRequest;
        Phone: Phone;
        KonbiniRequest: KonbiniRequest;
        FamilyNameKana: FamilyNameKana;
        GivenNameKana: GivenNameKana;
        BankTransferRequest: BankTransferRequest;
        PayEasyRequest: PayEasyRequest;
        PrepaidNumber: PrepaidNumber;
        WebMoneyRequest: WebMoneyRequest;
        BitCashRequest: BitCashRequest;
        NanacoRequest: NanacoRequest;
        NetCashRequest: NetCashRequest;
        MobileRequest: MobileRequest;
        CultureVoucherRequest: CultureVoucherRequest;
        HappyMoneyRequest: HappyMoneyRequest;
        LinePayRequest: LinePayRequest;
        MerpayRequest: MerpayRequest;
        JapanMobileRequest: JapanMobileRequest;
        CountInput: CountInput;
        PaidyRequest: PaidyRequest;
        PaymentDetailsRequest: PaymentDetailsRequest;
        Token: Token;
        PaymentSource: PaymentSource;
        CustomerId: CustomerId;
        AmountInput: AmountInput;
        TaxInput: TaxInput;
        MetadataInput: MetadataInput;
        IpAddress: IpAddress;
        FraudDetails: FraudDetails;
        CreatePaymentRequest: CreatePaymentRequest;
        FurtherCardRequest: FurtherCardRequest;
        UpdatePaymentRequest: UpdatePaymentRequest;
        CapturePaymentRequest: CapturePaymentRequest;
        RefundPaymentRequest: RefundPaymentRequest;
        RequestRefundRequest: RequestRefundRequest;
        CancelPaymentRequest: CancelPaymentRequest;
        AccountCurrency: AccountCurrency;
        TimeZone: TimeZone;
        CreateAccountRequest: CreateAccountRequest;
        Account: Account;
        UpdateAccountRequest: UpdateAccountRequest;
        AcceptServiceAgreementRequest: AcceptServiceAgreementRequest;
        PaymentEvent: PaymentEvent;
        PaymentAuthorizedEvent: PaymentAuthorizedEvent;
        PaymentCapturedEvent: PaymentCapturedEvent;
        PaymentUpdatedEvent: PaymentUpdatedEvent;
        PaymentExpiredEvent: PaymentExpiredEvent;
        PaymentCancelledEvent: PaymentCancelledEvent;
        PaymentRefundCreatedEvent: PaymentRefundCreatedEvent;
        PaymentRefundedEvent: PaymentRefundedEvent;
        PaymentFailedEvent: PaymentFailedEvent;
        RefundRequestUpdatedEvent: RefundRequestUpdatedEvent;
        PingEvent: PingEvent;
    };
    responses: {
        /** Body cannot be read as its content type says. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Secret key is missing or wrong. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Secret key is valid, but not allowed to do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Parameter has a value that is not allowed. */
        InvalidParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Requests come too fast. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** KOMOJU failed to process the request. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment provider gave no usable response. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** KOMOJU is down for a moment. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment provider did not respond in time. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Request is valid, but the payment failed. */
        PaymentFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Request with the same idempotency key is still in flight. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Parameter is missing or wrong, or KOMOJU rejects the payment for its currency, its token or the fraud check. */
        PaymentRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment provider or card issuer declined, or gave no usable response. */
        PaymentDeclined: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** No object has this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment provider declined the further card, or gave no usable response. */
        FurtherCardDeclined: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment is not an authorized card payment, or a parameter is wrong. */
        NotCapturable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Parameter is missing or wrong, or the payment cannot be refunded. */
        NotRefundable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Payment is neither pending nor authorized, or a parameter is wrong. */
        NotCancellable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Parameter is missing or has a value that is not allowed. */
        InvalidParameters: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorBody;
            };
        };
        /** Event received. */
        EventReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * Date and time after which the payments were created, ISO 8601. What a date alone means is not published; the mock and the sandbox read it as midnight in UTC.
         * @example 2020-06-09T00:00:00Z
         */
        StartTime: string;
        /**
         * Date and time before which the payments were created, ISO 8601. What a date alone means is not published; the mock and the sandbox read it as midnight in UTC.
         * @example 2020-06-10T00:00:00Z
         */
        EndTime: string;
        /**
         * Number of payments a page holds at most. KOMOJU publishes no maximum.
         * @example 10
         */
        PerPage: number;
        /**
         * Number of the page. The first is 1.
         * @example 1
         */
        Page: number;
        /**
         * Currency of the payments.
         * @example JPY
         */
        CurrencyFilter: PaymentCurrency;
        /**
         * Identifier of the order in the merchant's system.
         * @example 123
         */
        ExternalOrderNumFilter: string;
        /**
         * States of the payments, one or several separated by commas.
         * @example [
         *       "authorized",
         *       "captured"
         *     ]
         */
        StatusFilter: PaymentStatus[];
        /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
        IdempotencyKey: string;
        /** Error code that the payment fails with, in test mode. */
        Scenario: ErrorCode;
        /**
         * Identifier of the payment.
         * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
         */
        PaymentId: Id;
        /**
         * Identifier of the account.
         * @example 0sf3wwxqv0vbuvxhur81yyw51
         */
        AccountId: Id;
        /**
         * Identifier of the delivery. The `id` in the body identifies the event.
         * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
         */
        WebhookId: string;
        /**
         * Type of the event.
         * @example payment.captured
         */
        WebhookEvent: string;
        /**
         * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
         * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
         */
        WebhookSignature: string;
        /**
         * Program that delivers the event.
         * @example Komoju-Webhook
         */
        WebhookUserAgent: "Komoju-Webhook";
    };
    requestBodies: never;
    headers: {
        /**
         * Authentication scheme that the server expects. KOMOJU does not document it; the mock and the sandbox send it.
         * @example Basic realm="KOMOJU"
         */
        Authenticate: string;
        /**
         * Seconds to wait before the next try. KOMOJU does not document it; the sandbox sends it.
         * @example 1
         */
        RetryAfter: number;
    };
    pathItems: never;
}
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
export type ResponseFurtherCardDeclined = components['responses']['FurtherCardDeclined'];
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
                 * Date and time after which the payments were created, ISO 8601. What a date alone means is not published; the mock and the sandbox read it as midnight in UTC.
                 * @example 2020-06-09T00:00:00Z
                 */
                start_time?: components["parameters"]["StartTime"];
                /**
                 * Date and time before which the payments were created, ISO 8601. What a date alone means is not published; the mock and the sandbox read it as midnight in UTC.
                 * @example 2020-06-10T00:00:00Z
                 */
                end_time?: components["parameters"]["EndTime"];
                /**
                 * Number of payments a page holds at most. KOMOJU publishes no maximum.
                 * @example 10
                 */
                per_page?: components["parameters"]["PerPage"];
                /**
                 * Number of the page. The first is 1.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * Currency of the payments.
                 * @example JPY
                 */
                currency?: components["parameters"]["CurrencyFilter"];
                /**
                 * Identifier of the order in the merchant's system.
                 * @example 123
                 */
                external_order_num?: components["parameters"]["ExternalOrderNumFilter"];
                /**
                 * States of the payments, one or several separated by commas.
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
            /** Page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PaymentList;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
                /** Error code that the payment fails with, in test mode. */
                "Komoju-Scenario"?: components["parameters"]["Scenario"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": CreatePaymentRequest;
                "application/x-www-form-urlencoded": CreatePaymentRequest;
            };
        };
        responses: {
            /** Payment, captured or waiting for its customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": UpdatePaymentRequest;
                "application/x-www-form-urlencoded": UpdatePaymentRequest;
            };
        };
        responses: {
            /** Payment with its changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidParameter"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["FurtherCardDeclined"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    capturePayment: {
        parameters: {
            query?: never;
            header?: {
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": CapturePaymentRequest;
                "application/x-www-form-urlencoded": CapturePaymentRequest;
            };
        };
        responses: {
            /** Captured payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": RefundPaymentRequest;
                "application/x-www-form-urlencoded": RefundPaymentRequest;
            };
        };
        responses: {
            /** Payment with its new refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": RequestRefundRequest;
                "application/x-www-form-urlencoded": RequestRefundRequest;
            };
        };
        responses: {
            /** Payment with its new refund request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * Identifier of the payment.
                 * @example 7h2ywj2xwzqm7g4e0s3ed9tmv
                 */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": CancelPaymentRequest;
                "application/x-www-form-urlencoded": CancelPaymentRequest;
            };
        };
        responses: {
            /** Cancelled payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": CreateAccountRequest;
                "application/x-www-form-urlencoded": CreateAccountRequest;
            };
        };
        responses: {
            /** New account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
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
                 * Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
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
                 * Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": UpdateAccountRequest;
                "application/x-www-form-urlencoded": UpdateAccountRequest;
            };
        };
        responses: {
            /** Account with its changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
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
                /** Key that makes a retry of the same request safe: for 24 hours, a request with the same key gets the first one's response, and 409 while the first is in flight. */
                "X-KOMOJU-IDEMPOTENCY"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * Identifier of the account.
                 * @example 0sf3wwxqv0vbuvxhur81yyw51
                 */
                id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": AcceptServiceAgreementRequest;
                "application/x-www-form-urlencoded": AcceptServiceAgreementRequest;
            };
        };
        responses: {
            /** Account with the accepted agreement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Account;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentAuthorizedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentCapturedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentUpdatedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentExpiredEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentCancelledEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentRefundCreatedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentRefundedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PaymentFailedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": RefundRequestUpdatedEvent;
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
                 * Identifier of the delivery. The `id` in the body identifies the event.
                 * @example 5z1x3v0t7r9p2n4l6j8h0f1d3
                 */
                "X-Komoju-ID": components["parameters"]["WebhookId"];
                /**
                 * Type of the event.
                 * @example payment.captured
                 */
                "X-Komoju-Event": components["parameters"]["WebhookEvent"];
                /**
                 * HMAC-SHA256 of the raw body with the webhook's secret, in lower-case hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                "X-Komoju-Signature": components["parameters"]["WebhookSignature"];
                /**
                 * Program that delivers the event.
                 * @example Komoju-Webhook
                 */
                "User-Agent": components["parameters"]["WebhookUserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": PingEvent;
            };
        };
        responses: {
            200: components["responses"]["EventReceived"];
        };
    };
}
/**
 * Payment currency
 *
 * Three-letter ISO 4217 code of the currency used to pay.
 * @example JPY
 * @enum {string}
 */
export type PaymentCurrency = "JPY" | "USD" | "EUR" | "TWD" | "KRW";
/**
 * Payment status
 *
 * State of a payment. `authorized` means reserved on a card, or waiting for the customer's cash with konbini, bank_transfer and pay_easy. A partly refunded payment stays `captured`.
 * @enum {string}
 */
export type PaymentStatus = "pending" | "authorized" | "captured" | "expired" | "cancelled" | "refunded" | "failed";
/**
 * Identifier
 *
 * Identifier of an object, 25 characters of `0-9` and `a-z`.
 */
export type Id = string;
/**
 * E-mail address given
 *
 * E-mail address given at creation. Null where the request had none.
 */
export type DetailsEmail = string | null;
/**
 * Card brand
 *
 * Brand of the card. New brands can appear.
 */
export type CardBrand = "visa" | "american_express" | "master" | "jcb" | "diners_club" | (string & {});
/**
 * Credit card details
 *
 * Card that paid. The number shows its last four digits only.
 */
export type CreditCardDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "credit_card";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Brand of the card. New brands can appear. */
    brand: CardBrand;
    /** Last four digits of the card number. */
    last_four_digits: string;
    /** Month in which the card expires. */
    month: number;
    /** Year in which the card expires, four digits. */
    year: number;
};
/**
 * Convenience store
 *
 * Chain of convenience stores where the customer pays. New chains can appear, and old ones stay on old payments.
 */
export type Store = "seven-eleven" | "lawson" | "family-mart" | "ministop" | "daily-yamazaki" | "seicomart" | "circle-k" | (string & {});
/**
 * Instructions page
 * Format: uri
 *
 * Address of the page that tells the customer how to pay, in the payment's `locale`.
 */
export type InstructionsUrl = string;
/**
 * Convenience store details
 *
 * Codes and instructions for the customer who pays at a convenience store.
 */
export type KonbiniDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "konbini";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Chain of convenience stores where the customer pays. New chains can appear, and old ones stay on old payments. */
    store: Store;
    /** Second code that some chains ask for at their terminal or till. Null for chains without one. */
    confirmation_code: string | null;
    /** Receipt number that the customer shows at the till, or enters at the till or a terminal. */
    receipt: string;
    /** Address of the page that tells the customer how to pay, in the payment's `locale`. */
    instructions_url: InstructionsUrl;
};
/**
 * Bank transfer details
 *
 * Bank account to which the customer sends the money.
 */
export type BankTransferDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "bank_transfer";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Number that the customer puts before the name on the transfer. */
    order_id: string;
    /** Name of the bank. */
    bank_name: string;
    /** Name of the branch. */
    account_branch_name: string;
    /** Number of the account. */
    account_number: string;
    /** Kind of the account, in Japanese. */
    account_type: string;
    /** Name of the account's owner. */
    account_name: string;
    /** Address of the page that tells the customer how to pay, in the payment's `locale`. */
    instructions_url: InstructionsUrl;
};
/**
 * Pay-easy details
 *
 * Numbers that the customer enters at a Pay-easy terminal.
 */
export type PayEasyDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "pay_easy";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Number of the institution that collects the money. */
    bank_id: string;
    /** Number that stands for the customer. */
    customer_id: string;
    /** Number that confirms the payment. */
    confirmation_id: string;
    /** Address of the page that tells the customer how to pay, in the payment's `locale`. */
    instructions_url: InstructionsUrl;
};
/**
 * Short amount
 *
 * Amount the prepaid cards lack to cover the total, in yen. Zero once the payment is captured.
 */
export type ShortAmount = number;
/**
 * Prepaid card
 *
 * Prepaid card that contributed to a payment.
 */
export type PrepaidCard = {
    /** Last four characters of the card's number. */
    last_four_digits: string;
    /** Points taken from the card; one point is one yen. */
    points: number;
};
/**
 * Prepaid cards
 *
 * Prepaid cards that contributed to the payment, one entry each.
 */
export type PrepaidCards = PrepaidCard[];
/**
 * WebMoney details
 *
 * Prepaid WebMoney cards that paid.
 */
export type WebMoneyDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "web_money";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Amount the prepaid cards lack to cover the total, in yen. Zero once the payment is captured. */
    short_amount: ShortAmount;
    /** Prepaid cards that contributed to the payment, one entry each. */
    prepaid_cards: PrepaidCards;
};
/**
 * BitCash details
 *
 * Prepaid BitCash payment.
 */
export type BitCashDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "bit_cash";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
};
/**
 * nanaco details
 *
 * Prepaid nanaco cards that paid.
 */
export type NanacoDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "nanaco";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Amount the prepaid cards lack to cover the total, in yen. Zero once the payment is captured. */
    short_amount: ShortAmount;
    /** Prepaid cards that contributed to the payment, one entry each. */
    prepaid_cards: PrepaidCards;
};
/**
 * NET CASH details
 *
 * Prepaid NET CASH cards that paid.
 */
export type NetCashDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "net_cash";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Amount the prepaid cards lack to cover the total, in yen. Zero once the payment is captured. */
    short_amount: ShortAmount;
    /** Prepaid cards that contributed to the payment, one entry each. */
    prepaid_cards: PrepaidCards;
};
/**
 * Redirect page
 * Format: uri
 *
 * Address of the provider's page to which the customer is sent to approve the payment.
 */
export type RedirectUrl = string;
/**
 * Mobile carrier (Korea) details
 *
 * Where the customer approves the charge to the phone bill.
 */
export type MobileDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "mobile";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Carrier that the customer chose. Null until then. */
    provider: string | null;
    /** Address of the provider's page to which the customer is sent to approve the payment. */
    redirect_url: RedirectUrl;
};
/**
 * Culture Voucher details
 *
 * Culture Voucher account that paid.
 */
export type CultureVoucherDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "culture_voucher";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Name of the Culture Voucher account. */
    culture_id: string;
};
/**
 * Happy Money details
 *
 * Happy Money account that paid.
 */
export type HappyMoneyDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "happy_money";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Name of the Happy Money account. */
    happy_money_id: string;
};
/**
 * LINE Pay details
 *
 * Where the customer approves the LINE Pay payment.
 */
export type LinePayDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "line_pay";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Address of the provider's page to which the customer is sent to approve the payment. */
    redirect_url: RedirectUrl;
};
/**
 * Merpay details
 *
 * Where the customer approves the Merpay payment.
 */
export type MerpayDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "merpay";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Address of the provider's page to which the customer is sent to approve the payment. */
    redirect_url: RedirectUrl;
};
/**
 * Mobile carrier (Japan) details
 *
 * Where the customer approves the charge to the phone bill.
 */
export type JapanMobileDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "japan_mobile";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Carrier of the customer. Null where none was named. */
    provider: string | null;
    /** Address of the provider's page to which the customer is sent to approve the payment. */
    redirect_url: RedirectUrl;
};
/**
 * Paidy details
 *
 * Where the customer approves the Paidy payment.
 */
export type PaidyDetails = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "paidy";
    /** E-mail address given at creation. Null where the request had none. */
    email: DetailsEmail;
    /** Address of the provider's page to which the customer is sent to approve the payment. */
    redirect_url: RedirectUrl;
};
/**
 * Payment details
 *
 * Payment method of a payment and what it returned. `type` repeats the one asked for; secrets stay out. A method newer than this document is not in it.
 */
export type PaymentDetails = CreditCardDetails | KonbiniDetails | BankTransferDetails | PayEasyDetails | WebMoneyDetails | BitCashDetails | NanacoDetails | NetCashDetails | MobileDetails | CultureVoucherDetails | HappyMoneyDetails | LinePayDetails | MerpayDetails | JapanMobileDetails | PaidyDetails;
/**
 * Metadata
 *
 * Key-value pairs that the merchant gave, an empty object for a payment without any.
 */
export type Metadata = {
    [key: string]: unknown;
};
/**
 * Timestamp
 * Format: date-time
 *
 * Date and time, ISO 8601 in UTC.
 */
export type Timestamp = string;
/**
 * Locale
 *
 * Language of the instruction pages: English, Japanese or Korean.
 * @example en
 * @enum {string}
 */
export type Locale = "en" | "ja" | "ko";
/**
 * Refund
 *
 * Money returned, or on its way back, to the customer.
 */
export type Refund = {
    /** Identifier of the refund. */
    id: Id;
    /**
     * Kind of this object.
     * @constant
     */
    resource: "refund";
    /**
     * State of the refund. A cash refund is pending until the customer collects the money. Missing from some refunds in webhooks.
     * @enum {string}
     */
    status?: "pending" | "completed";
    /**
     * Format: uri
     *
     * Address of the page where the customer chooses how to collect a cash refund. Null for every other refund. Missing from some refunds in webhooks.
     */
    redirect_url?: string | null;
    /** Refunded amount, counted as the payment is. */
    amount: number;
    /** Three-letter ISO 4217 code of the currency used to pay. */
    currency: PaymentCurrency;
    /** Identifier of the refunded payment. */
    payment: Id;
    /** Plain-text note on the refund. Null where none was given. */
    description: string | null;
    /** Date and time when the refund was created. */
    created_at: Timestamp;
    /** Whether the customer's bank forced the refund. */
    chargeback: boolean;
};
/**
 * Refund request
 *
 * Request to send the money of a cash payment to a bank account.
 */
export type RefundRequest = {
    /** Identifier of the refund request. */
    id: Id;
    /** Identifier of the payment to refund. */
    payment: Id;
    /** Name of the customer who owns the bank account. */
    customer_name: string;
    /** Name of the bank. */
    bank_name: string;
    /** Number of the bank's branch. */
    branch_number: string;
    /** Number of the bank account. */
    account_number: string;
    /**
     * State of the request.
     * @enum {string}
     */
    status: "pending" | "rejected" | "completed";
    /** Date and time when the request was created. */
    created_at: Timestamp;
};
/**
 * Payment
 *
 * Payment with its amounts, its state and everything refunded from it.
 */
export type Payment = {
    /** Identifier of the payment. */
    id: Id;
    /**
     * Kind of this object.
     * @constant
     */
    resource: "payment";
    /** State of a payment. `authorized` means reserved on a card, or waiting for the customer's cash with konbini, bank_transfer and pay_easy. A partly refunded payment stays `captured`. */
    status: PaymentStatus;
    /** Amount before tax, counted as the request counts it. */
    amount: number;
    /** Tax, counted as the amount is. */
    tax: number;
    /** Identifier of the customer whose stored details paid. Null where the request carried the details. */
    customer: string | null;
    /**
     * Format: date-time
     *
     * Date and time until which the customer can pay or the merchant can capture. Null for methods without a deadline.
     */
    payment_deadline: string | null;
    /** Payment method and what it returned. One sample of a `pending` payment has null. */
    payment_details: PaymentDetails | null;
    /** Fee that the payment method adds for the customer, counted as the amount is. */
    payment_method_fee: number;
    /** What the customer pays, `amount` + `tax` + `payment_method_fee`. */
    total: number;
    /** Three-letter ISO 4217 code of the currency used to pay. */
    currency: PaymentCurrency;
    /** Plain-text note on the payment. Null where none was given. */
    description: string | null;
    /**
     * Format: date-time
     *
     * Date and time when the money was captured. Null until then.
     */
    captured_at: string | null;
    /** Identifier of the order in the merchant's system. Null where none was given. */
    external_order_num: string | null;
    /** Key-value pairs that the merchant gave, an empty object for a payment without any. */
    metadata: Metadata;
    /** Date and time when the payment was created. */
    created_at: Timestamp;
    /** Sum of the amounts of `refunds`, pending ones included. */
    amount_refunded: number;
    /** Language of the instruction pages: English, Japanese or Korean. */
    locale: Locale;
    /** Refunds of the payment. */
    refunds: Refund[];
    /** Requests to refund the payment to a bank account. */
    refund_requests: RefundRequest[];
};
/**
 * List of payments
 *
 * One page of the payments that match the filters.
 */
export type PaymentList = {
    /**
     * Kind of this object.
     * @constant
     */
    resource: "list";
    /** Number of payments that match, over all pages. */
    total: number;
    /** Number of this page. The first is 1. */
    page: number;
    /** Number of payments a page holds at most. */
    per_page: number;
    /** Number of the last page, zero where nothing matches. */
    last_page: number;
    /** Payments of this page. */
    data: Payment[];
};
/**
 * Error code
 *
 * Name of the error, for programs to act on. New codes can appear.
 */
export type ErrorCode = "bad_request" | "unauthorized" | "request_failed" | "forbidden" | "not_found" | "conflict" | "unprocessable_entity" | "missing_parameter" | "invalid_parameter" | "invalid_payment_type" | "invalid_token" | "invalid_currency" | "not_refundable" | "not_capturable" | "not_cancellable" | "not_chargebackable" | "fraudulent" | "too_many_requests" | "internal_server_error" | "bad_gateway" | "insufficient_funds" | "used_number" | "card_declined" | "invalid_password" | "bad_verification_value" | "exceeds_limit" | "card_expired" | "invalid_number" | "invalid_account" | "restricted_account" | "other_error" | "invalid_user_key" | "other_invalid" | "service_unavailable" | "gateway_timeout" | (string & {});
/**
 * Error body
 *
 * Body of every response that is not a success.
 */
export type ErrorBody = {
    /** What went wrong. */
    error: {
        /** Name of the error, for programs to act on. New codes can appear. */
        code: ErrorCode;
        /** What went wrong, in words for the developer. */
        message: string;
        /** Parameter at fault, nested ones in brackets as in `payment_details[store]`. Null where no parameter is at fault. */
        param: string | null;
        /** More about the error, where there is more. Newer responses carry it. */
        details?: {
            [key: string]: unknown;
        } | null;
        /** Why the card was declined, where the issuer says so. Newer responses carry it. */
        decline_details?: {
            [key: string]: unknown;
        } | null;
    };
};
/**
 * Given name
 *
 * Given name of the customer, as the customer writes it.
 * @example 太郎
 */
export type GivenName = string;
/**
 * Family name
 *
 * Family name of the customer, as the customer writes it.
 * @example 山田
 */
export type FamilyName = string;
/**
 * E-mail address
 *
 * E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out.
 * @example taro@example.com
 */
export type Email = string;
/**
 * Flag
 *
 * Boolean, or its name as text, which is how a form sends it. Forms that PHP writes have 1 and 0.
 */
export type BooleanInput = boolean | ("true" | "false" | "1" | "0");
/**
 * Days until expiry
 *
 * Number of days, as a number or as text, after which an unpaid payment expires. Expiry falls at the end of that day in Japan.
 * @example 7
 */
export type ExpiryDaysInput = number | string;
/**
 * Credit card
 *
 * Card data typed by the customer. Needs `name`, or both `given_name` and `family_name`. Prefer a token: card numbers on your own server fall under PCI DSS.
 */
export type CreditCardRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "credit_card";
    /** Card number. No response repeats it. */
    number: string;
    /**
     * Month in which the card expires, as a number or as text.
     * @example 12
     */
    month: number | string;
    /**
     * Year in which the card expires, as a number or as text. Two digits are a year from 2000 on; responses show all four.
     * @example 2030
     */
    year: number | string;
    /** Verification value printed on the card. No response repeats it. */
    verification_value?: string;
    /** Name of the holder, as printed on the card. */
    name?: string;
    /** Given name of the holder. */
    given_name?: GivenName;
    /** Family name of the holder. */
    family_name?: FamilyName;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
    /** Whether the holder authenticates with 3-D Secure. */
    three_d_secure?: BooleanInput;
    /** Number of days, as a number or as text, until the payment expires. */
    expiry_days?: ExpiryDaysInput;
} & ({
    /** Name of the holder, as printed on the card. */
    name: string;
} | {
    /** Given name of the holder. */
    given_name: GivenName;
    /** Family name of the holder. */
    family_name: FamilyName;
});
/**
 * Phone number
 *
 * Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them.
 * @example 090-1234-5678
 */
export type Phone = string;
/**
 * Convenience store
 *
 * Customer pays cash at a convenience store (konbini) before the deadline. The payment stays `authorized` until then.
 */
export type KonbiniRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "konbini";
    /**
     * Chain of convenience stores where the customer pays.
     * @enum {string}
     */
    store: "seven-eleven" | "lawson" | "family-mart" | "ministop" | "daily-yamazaki" | "seicomart";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email: Email;
    /** Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them. */
    phone?: Phone;
    /** Number of days, as a number or as text, after which an unpaid payment expires. Expiry falls at the end of that day in Japan. */
    expiry_days?: ExpiryDaysInput;
};
/**
 * Family name in kana
 *
 * Reading of the family name, in katakana.
 * @example ヤマダ
 */
export type FamilyNameKana = string;
/**
 * Given name in kana
 *
 * Reading of the given name, in katakana.
 * @example タロウ
 */
export type GivenNameKana = string;
/**
 * Bank transfer
 *
 * Customer sends the total to a bank account made for this payment. The payment stays `authorized` until the money arrives.
 */
export type BankTransferRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "bank_transfer";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email: Email;
    /** Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them. */
    phone: Phone;
    /** Family name of the customer, as the customer writes it. */
    family_name: FamilyName;
    /** Given name of the customer, as the customer writes it. */
    given_name: GivenName;
    /** Reading of the family name, in katakana. */
    family_name_kana: FamilyNameKana;
    /** Reading of the given name, in katakana. */
    given_name_kana: GivenNameKana;
    /** Number of days, as a number or as text, after which an unpaid payment expires. */
    expiry_days?: number | string;
};
/**
 * Pay-easy
 *
 * Customer pays at a cash machine or in online banking, with the three numbers of the response. The payment stays `authorized` until then.
 */
export type PayEasyRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "pay_easy";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email: Email;
    /** Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them. */
    phone: Phone;
    /** Family name of the customer, as the customer writes it. */
    family_name: FamilyName;
    /** Given name of the customer, as the customer writes it. */
    given_name: GivenName;
    /** Reading of the family name, in katakana. */
    family_name_kana: FamilyNameKana;
    /** Reading of the given name, in katakana. */
    given_name_kana: GivenNameKana;
    /** Number of days, as a number or as text, after which an unpaid payment expires. Expiry falls at the end of that day in Japan. */
    expiry_days?: ExpiryDaysInput;
};
/**
 * Prepaid number
 *
 * Secret number of the prepaid card. No response repeats it.
 * @example 1111111111111111
 */
export type PrepaidNumber = string;
/**
 * WebMoney
 *
 * Customer pays with a prepaid WebMoney card. Captured at once; pending where the card is short, until `updatePayment` adds another.
 */
export type WebMoneyRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "web_money";
    /** Secret number of the prepaid card. No response repeats it. */
    prepaid_number: PrepaidNumber;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * BitCash
 *
 * Customer pays with a prepaid BitCash card. Captured at once.
 */
export type BitCashRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "bit_cash";
    /** Secret number of the prepaid card. No response repeats it. */
    prepaid_number: PrepaidNumber;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * nanaco
 *
 * Customer pays with a prepaid nanaco card. Captured at once; pending where the card is short, until `updatePayment` adds another.
 */
export type NanacoRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "nanaco";
    /** Secret number of the prepaid card. No response repeats it. */
    prepaid_number: PrepaidNumber;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * NET CASH
 *
 * Customer pays with a prepaid NET CASH card. Captured at once; pending where the card is short, until `updatePayment` adds another.
 */
export type NetCashRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "net_cash";
    /** Secret number of the prepaid card. No response repeats it. */
    prepaid_number: string;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * Mobile carrier (Korea)
 *
 * Customer pays with the phone bill of a Korean carrier, on the page at `redirect_url`.
 */
export type MobileRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "mobile";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email: Email;
};
/**
 * Culture Voucher
 *
 * Customer pays from a Korean Culture Voucher account. Captured at once.
 */
export type CultureVoucherRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "culture_voucher";
    /** Name of the customer's Culture Voucher account. */
    culture_id: string;
    /** Password of the account. No response repeats it. */
    culture_password: string;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * Happy Money
 *
 * Customer pays from a Korean Happy Money account. Captured at once.
 */
export type HappyMoneyRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "happy_money";
    /** Name of the customer's Happy Money account. */
    happy_money_id: string;
    /** Password of the account. No response repeats it. */
    happy_money_password: string;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * LINE Pay
 *
 * Customer approves the payment in the LINE Pay app or page at `redirect_url`.
 */
export type LinePayRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "line_pay";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * Merpay
 *
 * Customer approves the payment in the Merpay app or page at `redirect_url`.
 */
export type MerpayRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "merpay";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * Mobile carrier (Japan)
 *
 * Customer pays with the phone bill of a Japanese carrier, on the page at `redirect_url`.
 */
export type JapanMobileRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "japan_mobile";
    /** Carrier of the customer, for example `docomo`. */
    brand?: string;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
};
/**
 * Count
 *
 * Whole number, zero or more, or the same number as text.
 * @example 3
 */
export type CountInput = number | string;
/**
 * Paidy
 *
 * Customer buys now and pays Paidy later, after approval on the page at `redirect_url`. Paidy decides by the address and the order history.
 */
export type PaidyRequest = {
    /**
     * Payment method.
     * @enum {string}
     */
    type: "paidy";
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
    /** Postal code of the billing address, seven digits. */
    billing_address_zip?: string;
    /** Prefecture of the billing address. */
    billing_address_state?: string;
    /** City of the billing address. */
    billing_address_city?: string;
    /** Building and apartment number of the billing address. */
    billing_address_line1?: string;
    /** District, block and house number of the billing address. */
    billing_address_line2?: string;
    /** Name of the customer, as the customer writes it. */
    customer_name?: string;
    /** Reading of the name, in katakana. */
    customer_name_kana?: string;
    /** Days since the customer opened an account with the merchant. */
    customer_age?: CountInput;
    /** Number of earlier orders, this one left out. */
    customer_order_count?: CountInput;
    /** Total of all earlier orders, in yen. */
    customer_lifetime_value?: CountInput;
    /** Total of the order before this one, in yen. */
    customer_last_order_amount?: CountInput;
    /** Days since the order before this one. */
    customer_last_order_at?: CountInput;
};
/**
 * Payment details to use
 *
 * Payment method and what it needs to know of the customer. `type` selects the method.
 */
export type PaymentDetailsRequest = CreditCardRequest | KonbiniRequest | BankTransferRequest | PayEasyRequest | WebMoneyRequest | BitCashRequest | NanacoRequest | NetCashRequest | MobileRequest | CultureVoucherRequest | HappyMoneyRequest | LinePayRequest | MerpayRequest | JapanMobileRequest | PaidyRequest;
/**
 * Token
 *
 * Token that stands for payment details collected elsewhere, so that card data stays off the merchant's server.
 * @example tok_1a2b3c4d5e6f
 */
export type Token = string;
/**
 * Payment source
 *
 * Payment method with its details, or a token that stands for them.
 */
export type PaymentSource = PaymentDetailsRequest | Token;
/**
 * Customer
 *
 * Identifier of an existing customer whose stored payment details pay.
 * @example 7d2k9x4m1q8v5z3n6b0t2w7r4
 */
export type CustomerId = string;
/**
 * Amount before tax
 *
 * Amount before tax, `1000` for ¥1,000. Accepts a number or the same number as text, which uses `.` for decimals and groups no digits. Newer versions of the API count in the smallest unit of the currency, cents for USD; the unit of this version is nowhere stated.
 * @example 1000
 */
export type AmountInput = number | string;
/**
 * Tax to add
 *
 * Tax to add to `amount`, counted as the amount is. `auto`, null and an omitted tax all apply the highest consumption tax rate of Japan, 10 %. Fractions below the smallest unit of the currency round half up. The maximum is that of the amount; no source names one.
 * @example auto
 */
export type TaxInput = number | string | null;
/**
 * Metadata to keep
 *
 * Key-value pairs of your own, returned with the payment. Null means none.
 */
export type MetadataInput = {
    [key: string]: string | number | boolean;
} | null;
/**
 * IP address
 *
 * IP address, version 4 or 6.
 * @example 203.0.113.7
 */
export type IpAddress = string;
/**
 * Fraud details
 *
 * What the merchant knows of the customer, for the fraud check. Every property but `customer_id` needs `customer_ip`.
 */
export type FraudDetails = {
    /** IP address of the customer, version 4 or 6. */
    customer_ip?: IpAddress;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    customer_email?: Email;
    /** Identifier of the customer in the merchant's system. */
    customer_id?: string;
    /** Language of the customer's browser, as its `Accept-Language` header gives it. */
    browser_language?: string;
    /** User agent of the customer's browser. */
    browser_user_agent?: string;
} | null;
/**
 * Create payment request
 *
 * Payment to create. Names exactly one source of payment details, `payment_details` or `customer`.
 */
export type CreatePaymentRequest = {
    /** Amount before tax, `1000` for ¥1,000. Accepts a number or the same number as text, which uses `.` for decimals and groups no digits. Newer versions of the API count in the smallest unit of the currency, cents for USD; the unit of this version is nowhere stated. */
    amount: AmountInput;
    /** Three-letter ISO 4217 code of the currency used to pay. */
    currency: PaymentCurrency;
    /** Tax to add to `amount`, counted as the amount is. `auto`, null and an omitted tax all apply the highest consumption tax rate of Japan, 10 %. Fractions below the smallest unit of the currency round half up. The maximum is that of the amount; no source names one. */
    tax?: TaxInput;
    /** Whether a card payment is captured at once. False authorizes only; capture follows with `capturePayment`. Ignored for every payment method but credit_card. True where omitted. */
    capture?: BooleanInput;
    /** Plain-text note on the payment. */
    description?: string | null;
    /** Identifier of the order in the merchant's system. */
    external_order_num?: string | null;
    /** Language of the instruction pages. Japanese where omitted. */
    locale?: Locale;
    /** Key-value pairs of your own, returned with the payment. Null means none. */
    metadata?: MetadataInput;
    /** E-mail address of the customer. Undocumented by KOMOJU; its own samples send it. */
    email?: Email;
    /**
     * Format: uri
     *
     * Address to which a redirect payment method sends the customer back. Undocumented by KOMOJU; its own samples send it.
     */
    return_url?: string;
    /**
     * Format: uri
     *
     * Address to which a redirect payment method sends a customer who gives up.
     */
    cancel_url?: string;
    /** Origin of the request, as a partner names it. KOMOJU does not say more. */
    partner_origin?: string;
    /** What the merchant knows of the customer, for the fraud check. Every property but `customer_id` needs `customer_ip`. */
    fraud_details?: FraudDetails;
    /** Flag of unknown effect. Undocumented by KOMOJU; its own samples send it. */
    debug?: BooleanInput;
} & ({
    /** Payment method with its details, or a token. Null counts as left out. */
    payment_details: PaymentSource;
    /** Left out, or null. */
    customer?: null;
} | {
    /** Identifier of an existing customer whose stored payment details pay. Null counts as left out. */
    customer: CustomerId;
    /** Left out, or null. */
    payment_details?: null;
});
/**
 * Further prepaid card
 *
 * Card that pays what the first one lacks of a prepaid payment, which is `pending` until then. The reference pages do not mention it.
 */
export type FurtherCardRequest = WebMoneyRequest | NanacoRequest | NetCashRequest;
/**
 * Update payment request
 *
 * What to change of a payment. Everything else stays as it was.
 */
export type UpdatePaymentRequest = {
    /** Plain-text note on the payment. Null removes it. */
    description?: string | null;
    /** Key-value pairs of your own, returned with the payment. Null means none. */
    metadata?: MetadataInput;
    /** Card that pays what the first one lacks of a prepaid payment, which is `pending` until then. The reference pages do not mention it. */
    payment_details?: FurtherCardRequest;
};
/**
 * Capture payment request
 *
 * Empty object. Capture takes the authorized amount and has no options.
 */
export type CapturePaymentRequest = Record<string, never>;
/**
 * Refund payment request
 *
 * How much to refund, and whom. An empty object refunds all that is left.
 */
export type RefundPaymentRequest = {
    /** Amount to refund, counted as the payment is. All that is left of the total where omitted. */
    amount?: AmountInput;
    /** Plain-text note on the refund. */
    description?: string | null;
    /** Name of the customer who receives the refund. */
    name?: string;
    /** E-mail address of the customer. Accepts the addresses with dots in a row that old mobile carriers gave out. */
    email?: Email;
    /** Phone number of the customer. Contains at least ten digits; parentheses, hyphens, underscores, plus signs and spaces may separate them. */
    phone?: Phone;
    /** What the merchant knows of the customer, with the properties of `createPayment`. Not checked here. */
    fraud_details?: Record<string, never> | null;
};
/**
 * Refund to a bank account
 *
 * Bank account that receives the money, and how much of it.
 */
export type RequestRefundRequest = {
    /** Amount to refund, counted as the payment is. */
    amount: AmountInput;
    /** Name of the customer who owns the bank account. */
    customer_name: string;
    /** Name of the bank. */
    bank_name: string;
    /** Number of the bank's branch. */
    branch_number: string;
    /**
     * Kind of the bank account.
     * @enum {string}
     */
    account_type: "normal" | "checking";
    /** Number of the bank account. An integer is taken too, and loses leading zeros before it is sent. */
    account_number: string | number;
    /** Whether the refund includes the payment's `payment_method_fee`. True charges that fee to the merchant. */
    include_payment_method_fee: BooleanInput;
    /** Plain-text note on the refund request. */
    description?: string | null;
};
/**
 * Cancel payment request
 *
 * Usually empty. Cancelling has no options.
 */
export type CancelPaymentRequest = {
    /** Flag of unknown effect. Undocumented by KOMOJU; one of its samples sends it. */
    debug?: BooleanInput;
    /** What the merchant knows of the customer, with the properties of `createPayment`. Not checked here. */
    fraud_details?: Record<string, never> | null;
};
/**
 * Account currency
 *
 * Three-letter ISO 4217 code of an account's default currency.
 * @example JPY
 * @enum {string}
 */
export type AccountCurrency = "JPY" | "USD" | "TWD" | "EUR" | "KRW" | "PLN";
/**
 * Time zone
 *
 * Time zone of an account, a name of the IANA time zone database.
 * @example Asia/Tokyo
 * @enum {string}
 */
export type TimeZone = "Africa/Algiers" | "Africa/Cairo" | "Africa/Casablanca" | "Africa/Harare" | "Africa/Johannesburg" | "Africa/Monrovia" | "Africa/Nairobi" | "America/Argentina/Buenos_Aires" | "America/Bogota" | "America/Caracas" | "America/Chicago" | "America/Chihuahua" | "America/Denver" | "America/Godthab" | "America/Guatemala" | "America/Guyana" | "America/Halifax" | "America/Indiana/Indianapolis" | "America/Juneau" | "America/La_Paz" | "America/Lima" | "America/Los_Angeles" | "America/Mazatlan" | "America/Mexico_City" | "America/Monterrey" | "America/Montevideo" | "America/New_York" | "America/Phoenix" | "America/Puerto_Rico" | "America/Regina" | "America/Santiago" | "America/Sao_Paulo" | "America/St_Johns" | "America/Tijuana" | "Asia/Almaty" | "Asia/Baghdad" | "Asia/Baku" | "Asia/Bangkok" | "Asia/Chongqing" | "Asia/Colombo" | "Asia/Dhaka" | "Asia/Hong_Kong" | "Asia/Irkutsk" | "Asia/Jakarta" | "Asia/Jerusalem" | "Asia/Kabul" | "Asia/Kamchatka" | "Asia/Karachi" | "Asia/Kathmandu" | "Asia/Kolkata" | "Asia/Krasnoyarsk" | "Asia/Kuala_Lumpur" | "Asia/Kuwait" | "Asia/Magadan" | "Asia/Muscat" | "Asia/Novosibirsk" | "Asia/Rangoon" | "Asia/Riyadh" | "Asia/Seoul" | "Asia/Shanghai" | "Asia/Singapore" | "Asia/Srednekolymsk" | "Asia/Taipei" | "Asia/Tashkent" | "Asia/Tbilisi" | "Asia/Tehran" | "Asia/Tokyo" | "Asia/Ulaanbaatar" | "Asia/Urumqi" | "Asia/Vladivostok" | "Asia/Yakutsk" | "Asia/Yekaterinburg" | "Asia/Yerevan" | "Atlantic/Azores" | "Atlantic/Cape_Verde" | "Atlantic/South_Georgia" | "Australia/Adelaide" | "Australia/Brisbane" | "Australia/Darwin" | "Australia/Hobart" | "Australia/Melbourne" | "Australia/Perth" | "Australia/Sydney" | "Etc/GMT+12" | "Etc/UTC" | "Europe/Amsterdam" | "Europe/Athens" | "Europe/Belgrade" | "Europe/Berlin" | "Europe/Bratislava" | "Europe/Brussels" | "Europe/Bucharest" | "Europe/Budapest" | "Europe/Copenhagen" | "Europe/Dublin" | "Europe/Helsinki" | "Europe/Istanbul" | "Europe/Kaliningrad" | "Europe/Kiev" | "Europe/Lisbon" | "Europe/Ljubljana" | "Europe/London" | "Europe/Madrid" | "Europe/Minsk" | "Europe/Moscow" | "Europe/Paris" | "Europe/Prague" | "Europe/Riga" | "Europe/Rome" | "Europe/Samara" | "Europe/Sarajevo" | "Europe/Skopje" | "Europe/Sofia" | "Europe/Stockholm" | "Europe/Tallinn" | "Europe/Vienna" | "Europe/Vilnius" | "Europe/Volgograd" | "Europe/Warsaw" | "Europe/Zagreb" | "Europe/Zurich" | "Pacific/Apia" | "Pacific/Auckland" | "Pacific/Chatham" | "Pacific/Fakaofo" | "Pacific/Fiji" | "Pacific/Guadalcanal" | "Pacific/Guam" | "Pacific/Honolulu" | "Pacific/Majuro" | "Pacific/Midway" | "Pacific/Noumea" | "Pacific/Pago_Pago" | "Pacific/Port_Moresby" | "Pacific/Tongatapu";
/**
 * Create account request
 *
 * Account to open.
 */
export type CreateAccountRequest = {
    /** Name of the account, unique among all accounts. */
    name: string;
    /** Three-letter ISO 4217 code of an account's default currency. */
    default_currency: AccountCurrency;
    /** Time zone of an account, a name of the IANA time zone database. */
    time_zone: TimeZone;
};
/**
 * Account
 *
 * Account of a submerchant, with one merchant for live and one for test payments.
 */
export type Account = {
    /** Identifier of the account. */
    id: Id;
    /**
     * Kind of this object.
     * @constant
     */
    resource: "account";
    /** Name of the account. */
    name: string;
    /** Three-letter ISO 4217 code of an account's default currency. */
    default_currency: AccountCurrency;
    /** Time zone of an account, a name of the IANA time zone database. */
    time_zone: TimeZone;
    /** Identifier of the merchant that takes live payments. */
    live_merchant: Id;
    /** Identifier of the merchant that takes test payments. */
    test_merchant: Id;
    /**
     * Format: date-time
     *
     * Date and time when the owner accepted the service agreement. Null until then.
     */
    accepted_service_agreement_at: string | null;
    /** IP address from which the owner accepted the service agreement. Null until then. */
    accepted_service_agreement_ip: string | null;
    /** Date and time when the account was created. */
    created_at: Timestamp;
    /** Date and time when the account last changed. */
    updated_at: Timestamp;
};
/**
 * Update account request
 *
 * What to change of an account. Everything else stays as it was.
 */
export type UpdateAccountRequest = {
    /** Three-letter ISO 4217 code of an account's default currency. */
    default_currency?: AccountCurrency;
    /** Time zone of an account, a name of the IANA time zone database. */
    time_zone?: TimeZone;
};
/**
 * Accept service agreement request
 *
 * When and from where the owner of the account accepted the agreement.
 */
export type AcceptServiceAgreementRequest = {
    /**
     * Format: date-time
     *
     * Date and time when the owner accepted the agreement, ISO 8601.
     */
    accepted_service_agreement_at: string;
    /** IP address, version 4 or 6, from which the owner accepted the agreement. */
    accepted_service_agreement_ip: IpAddress;
};
/**
 * Payment event
 *
 * What happened to a payment, and the payment as it stood then.
 */
export type PaymentEvent = {
    /** Identifier of the event. */
    id: string;
    /** What happened. */
    type: string;
    /**
     * Kind of this object.
     * @constant
     */
    resource: "event";
    /** Payment as it stood when the event happened. */
    data: Payment;
    /** Date and time when the event happened. */
    created_at: Timestamp;
    /** Why it happened, where there is more to say. */
    reason?: string | null;
};
/**
 * Payment authorized event
 *
 * Money is reserved, or instructions are issued and the customer has yet to pay.
 */
export type PaymentAuthorizedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.authorized";
};
/**
 * Payment captured event
 *
 * Money is received: ship the goods.
 */
export type PaymentCapturedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.captured";
};
/**
 * Payment updated event
 *
 * The payment was updated: its description, its metadata, or the further card that pays the rest.
 */
export type PaymentUpdatedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.updated";
};
/**
 * Payment expired event
 *
 * Deadline passed before the customer paid: release the goods, unless another payment has paid for the order.
 */
export type PaymentExpiredEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.expired";
};
/**
 * Payment cancelled event
 *
 * Payment was cancelled before capture.
 */
export type PaymentCancelledEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.cancelled";
};
/**
 * Refund created event
 *
 * Refund started; a cash refund still waits for the customer.
 */
export type PaymentRefundCreatedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.refund.created";
};
/**
 * Payment refunded event
 *
 * Completed refunds add up to the total.
 */
export type PaymentRefundedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.refunded";
};
/**
 * Payment failed event
 *
 * Attempt to pay failed.
 */
export type PaymentFailedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "payment.failed";
};
/**
 * Refund request updated event
 *
 * KOMOJU completed or rejected a refund request.
 */
export type RefundRequestUpdatedEvent = PaymentEvent & {
    /**
     * What happened.
     * @constant
     */
    type?: "refund_request.updated";
};
/**
 * Ping event
 *
 * Test of the connection. Carries no payment.
 */
export type PingEvent = {
    /** Identifier of the event. */
    id: string;
    /**
     * What happened.
     * @constant
     */
    type: "ping";
    /**
     * Kind of this object.
     * @constant
     */
    resource: "event";
    /** Content that KOMOJU does not document. */
    data: {
        [key: string]: unknown;
    } | null;
    /** Date and time when the event happened. */
    created_at: Timestamp;
};
