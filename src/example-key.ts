/** The key of every example. Mock and sandbox accept any that starts with sk_, and each is a merchant of its own. */
export const exampleKey = 'sk_123456'
