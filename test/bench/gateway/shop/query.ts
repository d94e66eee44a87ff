// The query that gateways are commonly compared with: users and products, and reviews between them, some levels deep.

/** Asks four subgraphs, some of them several times. */
export const SHOP_QUERY = `
  query Shop {
    users { ...UserParts reviews { ...ReviewParts product { ...ProductParts reviews { ...ReviewParts author { ...UserParts reviews { ...ReviewParts product { ...ProductParts } } } } } } }
    topProducts { ...ProductParts reviews { ...ReviewParts author { ...UserParts reviews { ...ReviewParts product { ...ProductParts } } } } }
  }
  fragment UserParts on User { id username name }
  fragment ReviewParts on Review { id body }
  fragment ProductParts on Product { upc name price weight inStock shippingEstimate }
`;
